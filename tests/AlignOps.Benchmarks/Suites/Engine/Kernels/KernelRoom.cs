using AlignOps.Models.Cpu.Memory;
using AlignOps.Models.Sampling;

namespace AlignOps.Benchmarks.Suites.Engine.Kernels;

/// <summary>Memory for a case's matrices, filled from one seed.</summary>
internal sealed unsafe class KernelRoom
{
    private readonly Arena _arena = new();
    private long _seed;

    /// <summary>Normal draws; a row's padding is zero, as the kernels ask.</summary>
    public Matrix Random(int rows, int width)
    {
        Matrix matrix = Empty(rows, width);
        var random = new RandomStream(++_seed);
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < width; column++)
            {
                // The rows of a long matrix repeat: drawing is not what is measured.
                matrix.Row(row)[column] = row < 64 ? (float)random.NextNormal() : matrix.Row(row - 64)[column];
            }
        }

        return matrix;
    }

    public Matrix Empty(int rows, int width)
    {
        Matrix matrix = _arena.Rent(rows, width);
        new Span<float>(matrix.Data, rows * matrix.Stride).Clear();
        return matrix;
    }

    public Matrix Same(Matrix source)
    {
        Matrix copy = Empty(source.Rows, source.Width);
        new ReadOnlySpan<float>(source.Data, source.Rows * source.Stride).CopyTo(new Span<float>(copy.Data, source.Rows * source.Stride));
        return copy;
    }
}
