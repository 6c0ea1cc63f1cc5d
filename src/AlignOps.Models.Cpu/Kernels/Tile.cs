using System.Runtime.Intrinsics.X86;

namespace AlignOps.Models.Cpu.Kernels;

/// <summary>
/// Products of any number of rows with strips of 16 columns, by the widest tile the machine has. A(i, k) = a[i·rowStep + k·depthStep], so rows of A or of its
/// transpose are read in place. An element is one chain of fused multiply-adds over k from zero, or from C where it is added to: neither the tile's height,
/// nor its width, nor where a caller divides the depth changes a bit.
/// </summary>
internal static unsafe class Tile
{
    /// <summary>Rows of the tallest tile of any width; those of the others divide it.</summary>
    public const int Height = 12;

    /// <summary>C[rows, 32] (=, +=) A[rows, depth]·B[depth, 32], B's rows <paramref name="ldb"/> apart.</summary>
    public static void Panel(float* a, nint rowStep, nint depthStep, int rows, float* b, nint ldb, int depth, float* c, nint ldc, bool add) =>
        Strips(a, rowStep, depthStep, rows, b, 16, ldb, depth, c, ldc, 2, add);

    /// <summary>C[rows, 16·strips] (=, +=) A[rows, depth]·B, where a strip of B is [depth, 16] with rows <paramref name="ldb"/> apart, and the next one <paramref name="bNext"/> on.</summary>
    public static void Strips(float* a, nint rowStep, nint depthStep, int rows, float* b, nint bNext, nint ldb, int depth, float* c, nint ldc, int strips, bool add)
    {
        int wide = Avx512F.IsSupported ? strips & -2 : 0;
        if (wide > 0)
        {
            Tile512.Strips(a, rowStep, depthStep, rows, b, bNext, ldb, depth, c, ldc, wide, add);
        }

        if (wide < strips)
        {
            Tile256.Strips(a, rowStep, depthStep, rows, b + (wide * bNext), bNext, ldb, depth, c + (16 * wide), ldc, strips - wide, add);
        }
    }
}
