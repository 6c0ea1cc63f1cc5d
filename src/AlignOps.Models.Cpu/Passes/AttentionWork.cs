using AlignOps.Models.Cpu.Kernels;
using AlignOps.Models.Cpu.Memory;

namespace AlignOps.Models.Cpu.Passes;

/// <summary>What the backward of one head needs for the longest sequence of a family.</summary>
internal readonly unsafe struct AttentionWork(Arena scratch, int length, int headDim)
{
    /// <summary>Transposed, as <see cref="Values"/> are.</summary>
    public float* Keys { get; } = scratch.Rent((long)Matrix.Padded(length) * headDim);

    public float* Values { get; } = scratch.Rent((long)Matrix.Padded(length) * headDim);

    public float* KeyRows { get; } = scratch.Rent((long)length * Matrix.Padded(headDim));

    public Matrix DKeys { get; } = scratch.Rent(length, headDim);

    public Matrix DValues { get; } = scratch.Rent(length, headDim);

    /// <summary>[block, room] of a block of queries.</summary>
    public float* Probabilities { get; } = scratch.Rent((long)AttentionKernel.Block * AttentionKernel.Room(length));

    public float* ScoreGradients { get; } = scratch.Rent((long)AttentionKernel.Block * AttentionKernel.Room(length));
}
