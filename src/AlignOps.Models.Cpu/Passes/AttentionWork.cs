using AlignOps.Models.Cpu.Memory;

namespace AlignOps.Models.Cpu.Passes;

/// <summary>What the backward of one head needs for the longest sequence of a family.</summary>
internal readonly unsafe struct AttentionWork(Arena scratch, int length, int headDim, int block)
{
    public float* KeyPanels { get; } = scratch.Rent((long)Matrix.Padded(length) * headDim);

    public float* ValuePanels { get; } = scratch.Rent((long)Matrix.Padded(length) * headDim);

    public Matrix Keys { get; } = scratch.Rent(length, headDim);

    public Matrix DKeys { get; } = scratch.Rent(length, headDim);

    public Matrix DValues { get; } = scratch.Rent(length, headDim);

    /// <summary>[block, keys] of a block of queries.</summary>
    public float* Probabilities { get; } = scratch.Rent((long)block * Matrix.Padded(length));

    public float* ScoreGradients { get; } = scratch.Rent((long)block * Matrix.Padded(length));
}
