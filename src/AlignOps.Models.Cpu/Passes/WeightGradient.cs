using AlignOps.Models.Cpu.Kernels;
using AlignOps.Models.Cpu.Memory;

namespace AlignOps.Models.Cpu.Passes;

/// <summary>
/// G += Lᵀ·R over all rows, for one panel of R's columns. Rows are taken 256 at a time and in order, so the sum does not depend on who computes it.
/// </summary>
internal static unsafe class WeightGradient
{
    private const int RowBlock = 256;

    /// <summary>Columns of L from which on R is read often enough to be laid close together first.</summary>
    private const int WorthPacking = 2 * Tile.Height;

    /// <param name="transposed">G is stored as [R's width, L's width]: how a narrow L (an adapter's rank) fills whole vectors.</param>
    public static void Panel(Matrix left, Matrix right, int panel, AlignedBuffer gradient, bool transposed, Arena scratch)
    {
        scratch.Reset();
        int column = panel * Matrix.Lane;
        int columns = Math.Min(Matrix.Lane, right.Width - column);
        bool direct = columns == Matrix.Lane && !transposed;
        float* packed = scratch.Rent(RowBlock * Matrix.Lane);
        float* sums = direct ? gradient.Pointer + column : scratch.Rent((long)left.Width * Matrix.Lane);
        nint stride = direct ? right.Width : Matrix.Lane;
        if (!direct)
        {
            Elementwise.Clear(sums, (long)left.Width * Matrix.Lane);
        }

        for (int row = 0; row < left.Rows; row += RowBlock)
        {
            int rows = Math.Min(RowBlock, left.Rows - row);
            float* r = right.Row(row) + column;
            nint rightStride = right.Stride;
            if (left.Width > WorthPacking)
            {
                Elementwise.CopyLanes(r, right.Stride, packed, rows);
                r = packed;
                rightStride = Matrix.Lane;
            }

            Tile.Panel(left.Row(row), 1, left.Stride, left.Width, r, rightStride, rows, sums, stride, add: true);
        }

        if (!direct)
        {
            Add(sums, left.Width, right.Width, column, columns, gradient.Pointer, transposed);
        }
    }

    private static void Add(float* sums, int leftWidth, int rightWidth, int column, int columns, float* gradient, bool transposed)
    {
        for (int i = 0; i < leftWidth; i++)
        {
            for (int j = 0; j < columns; j++)
            {
                nint at = transposed ? ((nint)(column + j) * leftWidth) + i : ((nint)i * rightWidth) + column + j;
                gradient[at] += sums[(i * Matrix.Lane) + j];
            }
        }
    }
}
