using AlignOps.Models.Cpu.Memory;

namespace AlignOps.Models.Cpu.Kernels;

/// <summary>
/// The right operand of a product, [depth, width], laid out in strips of 16 columns: strip, then depth, then column. Zero where nothing was packed.
/// </summary>
/// <param name="narrow">Of width rounded up to a strip; otherwise to whole panels, so that a product writes all of a row's padding.</param>
internal sealed unsafe class PackedMatrix(int depth, int width, bool narrow = false)
{
    /// <summary>Columns of a strip.</summary>
    public const int Strip = 16;

    private readonly AlignedBuffer _strips = new((long)depth * Columns(width, narrow));

    public int Depth { get; } = depth;

    public int Width { get; } = width;

    public int Strips { get; } = Columns(width, narrow) / Strip;

    /// <summary>Floats from a strip to the next.</summary>
    public nint Next => (nint)Depth * Strip;

    public float* this[int strip] => _strips.Pointer + (strip * Next);

    /// <summary>Takes scale·source[rows, columns] as it stands, at (<paramref name="atDepth"/>, <paramref name="atWidth"/>).</summary>
    public void Pack(float* source, int stride, int rows, int columns, int atDepth = 0, int atWidth = 0, float scale = 1)
    {
        for (int column = 0; column < columns;)
        {
            int lane = (atWidth + column) % Strip;
            int count = Math.Min(Strip - lane, columns - column);
            float* target = this[(atWidth + column) / Strip] + ((nint)atDepth * Strip) + lane;
            if (count == Strip)
            {
                Transposition.CopyStrip(source + column, stride, rows, target, scale);
            }
            else
            {
                Transposition.CopyPart(source + column, stride, rows, count, target, scale);
            }

            column += count;
        }
    }

    /// <summary>Takes the transpose of scale·source[rows, columns]: source's rows become columns from <paramref name="atWidth"/>, its columns depth from <paramref name="atDepth"/>.</summary>
    public void PackTransposed(float* source, int stride, int rows, int columns, int atDepth = 0, int atWidth = 0, float scale = 1)
    {
        for (int row = 0; row < rows;)
        {
            int lane = (atWidth + row) % Strip;
            int count = Math.Min(Strip - lane, rows - row);
            float* target = this[(atWidth + row) / Strip] + ((nint)atDepth * Strip) + lane;
            Transposition.Copy(source + ((nint)row * stride), stride, count, columns, target, Strip, scale);
            row += count;
        }
    }

    /// <summary>Columns held for a width.</summary>
    public static int Columns(int width, bool narrow) => narrow ? (width + Strip - 1) & -Strip : Matrix.Padded(width);
}
