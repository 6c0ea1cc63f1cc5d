using AlignOps.Models.Cpu.Kernels;
using AlignOps.Models.Cpu.Layers;
using AlignOps.Models.Cpu.Memory;
using AlignOps.Models.Sampling;

namespace AlignOps.Models.Cpu.Passes;

/// <summary>
/// Inverted dropout of what adapters read, for rows of a block from <paramref name="firstRow"/> on. Masks are drawn again wherever they are needed, rather than kept.
/// The default drops nothing.
/// </summary>
internal readonly unsafe struct RowDropout(RowBatch batch, double probability, int layer, int firstRow)
{
    private bool IsOff => probability == 0 || !batch.IsNoisy;

    /// <summary>Whether what a group's adapters read differs from what the group reads.</summary>
    public bool Drops(ProjectionGroup group) => group.AdapterWidth > 0 && !IsOff;

    /// <summary>The rows as the group's adapters are to read them: themselves where nothing is dropped, else copies.</summary>
    public Matrix Of(AdapterInput input, ProjectionGroup group, Matrix rows, Arena scratch)
    {
        if (!Drops(group))
        {
            return rows;
        }

        Matrix dropped = scratch.Rent(rows.Rows, rows.Width);
        Apply(input, rows, dropped);
        return dropped;
    }

    /// <summary>to = rows, dropped; they may be one.</summary>
    public void Apply(AdapterInput input, Matrix rows, Matrix to)
    {
        for (int row = 0; row < rows.Rows; row++)
        {
            if (Stream(input, row) is { } stream)
            {
                Dropout.Apply(rows.Row(row), stream, probability, to.Row(row), rows.Stride);
            }
            else if (rows.Data != to.Data)
            {
                new ReadOnlySpan<float>(rows.Row(row), rows.Stride).CopyTo(new Span<float>(to.Row(row), rows.Stride));
            }
        }
    }

    /// <summary>to += rows, dropped: the way back.</summary>
    public void Add(AdapterInput input, Matrix rows, Matrix to)
    {
        Apply(input, rows, rows);
        Elementwise.Add(rows.Data, to.Data, rows.Rows * rows.Stride);
    }

    private ulong? Stream(AdapterInput input, int row) => batch.Noises[firstRow + row] is { } noise
        ? TrainingNoise.Stream(noise, TrainingNoise.Input(layer, input), batch.Positions[firstRow + row])
        : null;
}
