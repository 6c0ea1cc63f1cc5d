using AlignOps.Models.Cpu.Memory;

namespace AlignOps.Models.Cpu.Kernels;

/// <summary>Products over whole matrices. Rows are independent of each other: a row's result does not depend on which others are in the call.</summary>
internal static unsafe class Gemm
{
    /// <summary>C[rows, width] (=, +=) A[rows, depth]·B. C's rows are padded to whole panels, and the padding is written too.</summary>
    public static void Multiply(Matrix a, PackedMatrix b, Matrix c, bool add = false) => Multiply(a, b, 0, b.Panels, c, add);

    /// <summary>The same for some of B's panels; C begins at the first of them.</summary>
    public static void Multiply(Matrix a, PackedMatrix b, int firstPanel, int panels, Matrix c, bool add)
    {
        int inTiles = a.Rows & -4;
        for (int panel = 0; panel < panels; panel++)
        {
            Tile.Panel(
                a.Data, a.Stride, 1, inTiles, b.Panel(firstPanel + panel), Matrix.Lane, b.Depth, c.Data + (panel * Matrix.Lane), c.Stride, add);
        }

        for (int row = inTiles; row < a.Rows; row++)
        {
            Tile.Rows(
                a.Row(row), 0, 1, b.Panel(firstPanel), b.Depth * Matrix.Lane, Matrix.Lane, b.Depth, c.Row(row), Matrix.Lane, panels, add);
        }
    }
}
