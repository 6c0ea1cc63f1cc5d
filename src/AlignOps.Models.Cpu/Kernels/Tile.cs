using System.Runtime.Intrinsics.X86;
using AlignOps.Models.Cpu.Memory;

namespace AlignOps.Models.Cpu.Kernels;

/// <summary>One panel of 32 columns against any number of rows, by the widest tile the machine has.</summary>
internal static unsafe class Tile
{
    /// <summary>Rows of the tallest tile.</summary>
    public const int Height = 12;

    /// <summary>C[rows, 32] (=, +=) A[rows, depth]·B[depth, 32], with A(i, k) = a[i·rowStep + k·depthStep] and B's rows <paramref name="ldb"/> apart.</summary>
    public static void Panel(float* a, nint rowStep, nint depthStep, int rows, float* b, nint ldb, int depth, float* c, nint ldc, bool add)
    {
        int row = 0;
        if (Avx512F.IsSupported)
        {
            for (; row + Height <= rows; row += Height)
            {
                Tile512.Rows12(a + (row * rowStep), rowStep, depthStep, b, ldb, depth, c + (row * ldc), ldc, add);
            }

            for (; row + 4 <= rows; row += 4)
            {
                Tile512.Rows4(a + (row * rowStep), rowStep, depthStep, b, ldb, depth, c + (row * ldc), ldc, add);
            }

            for (; row < rows; row++)
            {
                Tile512.Rows1(a + (row * rowStep), depthStep, b, ldb, depth, c + (row * ldc), add);
            }

            return;
        }

        for (; row + 4 <= rows; row += 4)
        {
            Tile256.Rows4(a + (row * rowStep), rowStep, depthStep, b, ldb, depth, c + (row * ldc), ldc, add);
        }

        for (; row < rows; row++)
        {
            Tile256.Rows1(a + (row * rowStep), depthStep, b, ldb, depth, c + (row * ldc), add);
        }
    }

    /// <summary>
    /// <paramref name="count"/> products of one row each: A, B and C of the next are <paramref name="aNext"/>, <paramref name="bNext"/> and <paramref name="cNext"/> on.
    /// The same bits as <see cref="Panel"/>, sooner.
    /// </summary>
    public static void Rows(
        float* a, nint aNext, nint depthStep, float* b, nint bNext, nint ldb, int depth, float* c, nint cNext, int count, bool add)
    {
        int i = 0;
        if (Avx512F.IsSupported)
        {
            for (; i + 4 <= count; i += 4)
            {
                Tile512.FourRows1(a + (i * aNext), aNext, depthStep, b + (i * bNext), bNext, ldb, depth, c + (i * cNext), cNext, add);
            }
        }

        for (; i < count; i++)
        {
            Panel(a + (i * aNext), 0, depthStep, 1, b + (i * bNext), ldb, depth, c + (i * cNext), 0, add);
        }
    }
}
