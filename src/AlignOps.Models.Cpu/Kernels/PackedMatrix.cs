using AlignOps.Models.Cpu.Memory;

namespace AlignOps.Models.Cpu.Kernels;

/// <summary>
/// The right operand of a product, [depth, width], laid out in panels of 32 columns: panel, then depth, then column. Zero where nothing was packed.
/// </summary>
internal sealed unsafe class PackedMatrix(int depth, int width)
{
    private readonly AlignedBuffer _panels = new((long)depth * Matrix.Padded(width));

    public int Depth { get; } = depth;

    public int Width { get; } = width;

    public int Panels => Matrix.Padded(Width) / Matrix.Lane;

    public float* Panel(int panel) => _panels.Pointer + ((nint)panel * Depth * Matrix.Lane);

    /// <summary>Takes scale·source[rows, columns] as it stands, at (<paramref name="atDepth"/>, <paramref name="atWidth"/>).</summary>
    public void Pack(float* source, int stride, int rows, int columns, int atDepth = 0, int atWidth = 0, float scale = 1)
    {
        for (int column = 0; column < columns;)
        {
            int lane = (atWidth + column) % Matrix.Lane;
            int count = Math.Min(Matrix.Lane - lane, columns - column);
            float* target = Panel((atWidth + column) / Matrix.Lane) + ((nint)atDepth * Matrix.Lane) + lane;
            for (int row = 0; row < rows; row++)
            {
                float* from = source + ((nint)row * stride) + column;
                float* to = target + ((nint)row * Matrix.Lane);
                for (int i = 0; i < count; i++)
                {
                    to[i] = scale * from[i];
                }
            }

            column += count;
        }
    }

    /// <summary>Takes the transpose of scale·source[rows, columns]: source's rows become columns from <paramref name="atWidth"/>, its columns depth from <paramref name="atDepth"/>.</summary>
    public void PackTransposed(float* source, int stride, int rows, int columns, int atDepth = 0, int atWidth = 0, float scale = 1)
    {
        for (int row = 0; row < rows;)
        {
            int lane = (atWidth + row) % Matrix.Lane;
            int count = Math.Min(Matrix.Lane - lane, rows - row);
            float* target = Panel((atWidth + row) / Matrix.Lane) + ((nint)atDepth * Matrix.Lane) + lane;
            Transposition.Copy(source + ((nint)row * stride), stride, count, columns, target, Matrix.Lane, scale);
            row += count;
        }
    }
}
