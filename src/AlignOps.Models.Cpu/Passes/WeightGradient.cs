using AlignOps.Models.Cpu.Kernels;
using AlignOps.Models.Cpu.Memory;

namespace AlignOps.Models.Cpu.Passes;

/// <summary>
/// G += Lᵀ·R over all rows, for some columns of each. Rows are taken 256 at a time and in order, so the sum does not depend on who computes it nor on how it is divided.
/// Both sides are laid close together first: their rows are far apart, and each is read many times.
/// </summary>
internal static unsafe class WeightGradient
{
    /// <summary>Columns of R that make one task.</summary>
    public const int Columns = 128;

    /// <summary>Rows of G, which are columns of L, that do.</summary>
    public const int Rows = 256;

    private const int RowBlock = 256;

    /// <summary>Columns of L that are laid together at a time.</summary>
    private const int LeftBlock = 64;

    /// <summary>Adds to G [L's width, R's width]; both are whole views, of which the task takes its columns.</summary>
    public static void Add(Matrix left, Matrix right, float* gradient, nint stride, Arena scratch)
    {
        int strips = right.Width / PackedMatrix.Strip, whole = strips * PackedMatrix.Strip, columns = PackedMatrix.Columns(right.Width, narrow: true);
        float* sums = null;
        if (whole < right.Width)
        {
            // The last strip is not all there: its sums are made beside and added.
            sums = scratch.Rent((long)left.Width * PackedMatrix.Strip);
            Elementwise.Clear(sums, (long)left.Width * PackedMatrix.Strip);
        }

        float* packedRight = scratch.Rent((long)RowBlock * columns), packedLeft = scratch.Rent(RowBlock * LeftBlock);
        for (int row = 0; row < left.Rows; row += RowBlock)
        {
            int rows = Math.Min(RowBlock, left.Rows - row);
            nint next = (nint)rows * PackedMatrix.Strip;
            Transposition.CopyStrips(right.Row(row), right.Stride, rows, columns / PackedMatrix.Strip, packedRight);
            for (int column = 0; column < left.Width; column += LeftBlock)
            {
                int width = Math.Min(LeftBlock, left.Width - column);
                Transposition.CopyStrips(left.Row(row) + column, left.Stride, rows, (width + PackedMatrix.Strip - 1) / PackedMatrix.Strip, packedLeft);
                for (int i = 0; i < width; i += PackedMatrix.Strip)
                {
                    int height = Math.Min(PackedMatrix.Strip, width - i);
                    float* a = packedLeft + (i / PackedMatrix.Strip * next);
                    Tile.Strips(a, 1, PackedMatrix.Strip, height, packedRight, next, PackedMatrix.Strip, rows, gradient + ((column + i) * stride), stride, strips, add: true);
                    if (sums != null)
                    {
                        Tile.Strips(
                            a, 1, PackedMatrix.Strip, height, packedRight + (strips * next), next, PackedMatrix.Strip, rows,
                            sums + ((nint)(column + i) * PackedMatrix.Strip), PackedMatrix.Strip, 1, add: true);
                    }
                }
            }
        }

        for (int row = 0; sums != null && row < left.Width; row++)
        {
            Elementwise.Add(sums + ((nint)row * PackedMatrix.Strip), gradient + (row * stride) + whole, right.Width - whole);
        }
    }
}
