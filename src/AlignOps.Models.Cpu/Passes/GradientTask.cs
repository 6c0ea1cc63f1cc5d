using AlignOps.Models.Cpu.Layers;
using AlignOps.Models.Cpu.Memory;

namespace AlignOps.Models.Cpu.Passes;

/// <summary>One task of a sum over rows: what to do, and between what. A kind of task reads the fields it was given.</summary>
internal readonly unsafe struct GradientTask(delegate*<in GradientTask, Arena, void> run)
{
    public Matrix Left { get; init; }

    public Matrix Right { get; init; }

    public AlignedBuffer? Gradient { get; init; }

    public float* Inverse { get; init; }

    public RowNumbers Numbers { get; init; }

    /// <summary>The first column of <see cref="Right"/> that is this task's.</summary>
    public int At { get; init; }

    /// <summary>The first column of <see cref="Left"/> that is.</summary>
    public int From { get; init; }

    public ProjectionGroup? Group { get; init; }

    public void Run(Arena scratch) => run(in this, scratch);
}
