using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace AlignOps.Models.Cpu.Kernels;

/// <summary>Register tiles of two strips in 512-bit vectors: the second strip of B is <c>bHalf</c> on, that of C 16 columns.</summary>
internal static unsafe class Tile512
{
    /// <summary>C[rows, 16·strips] (=, +=) A·B, an even number of strips of B's columns <paramref name="bNext"/> apart.</summary>
    public static void Strips(float* a, nint rowStep, nint depthStep, int rows, float* b, nint bNext, nint ldb, int depth, float* c, nint ldc, int strips, bool add)
    {
        int inTiles = rows & -4;
        for (int strip = 0; strip < strips; strip += 2)
        {
            float* from = b + (strip * bNext), to = c + (16 * strip);
            int row = 0;
            for (; row + Tile.Height <= inTiles; row += Tile.Height)
            {
                Rows12(a + (row * rowStep), rowStep, depthStep, from, bNext, ldb, depth, to + (row * ldc), ldc, add);
            }

            for (; row < inTiles; row += 4)
            {
                Rows4(a + (row * rowStep), rowStep, depthStep, from, bNext, ldb, depth, to + (row * ldc), ldc, add);
            }
        }

        for (int row = inTiles; row < rows; row++)
        {
            int strip = 0;
            for (; strip + 8 <= strips; strip += 8)
            {
                FourRows1(a + (row * rowStep), 0, depthStep, b + (strip * bNext), 2 * bNext, bNext, ldb, depth, c + (row * ldc) + (16 * strip), 32, add);
            }

            for (; strip < strips; strip += 2)
            {
                Rows1(a + (row * rowStep), depthStep, b + (strip * bNext), bNext, ldb, depth, c + (row * ldc) + (16 * strip), add);
            }
        }
    }

    /// <summary>Twelve rows: 24 accumulators, which hide the latency of the multiply-add and leave room for B.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Rows12(float* a, nint rowStep, nint depthStep, float* b, nint bHalf, nint ldb, nint depth, float* c, nint ldc, bool add)
    {
        float* a3 = a + (3 * rowStep), a6 = a + (6 * rowStep), a9 = a + (9 * rowStep);
        nint twoRows = 2 * rowStep;
        Vector512<float> l0 = default, r0 = default, l1 = default, r1 = default, l2 = default, r2 = default;
        Vector512<float> l3 = default, r3 = default, l4 = default, r4 = default, l5 = default, r5 = default;
        Vector512<float> l6 = default, r6 = default, l7 = default, r7 = default, l8 = default, r8 = default;
        Vector512<float> l9 = default, r9 = default, l10 = default, r10 = default, l11 = default, r11 = default;
        if (add)
        {
            (l0, r0) = (Vector512.Load(c), Vector512.Load(c + 16));
            (l1, r1) = (Vector512.Load(c + ldc), Vector512.Load(c + ldc + 16));
            (l2, r2) = (Vector512.Load(c + (2 * ldc)), Vector512.Load(c + (2 * ldc) + 16));
            (l3, r3) = (Vector512.Load(c + (3 * ldc)), Vector512.Load(c + (3 * ldc) + 16));
            (l4, r4) = (Vector512.Load(c + (4 * ldc)), Vector512.Load(c + (4 * ldc) + 16));
            (l5, r5) = (Vector512.Load(c + (5 * ldc)), Vector512.Load(c + (5 * ldc) + 16));
            (l6, r6) = (Vector512.Load(c + (6 * ldc)), Vector512.Load(c + (6 * ldc) + 16));
            (l7, r7) = (Vector512.Load(c + (7 * ldc)), Vector512.Load(c + (7 * ldc) + 16));
            (l8, r8) = (Vector512.Load(c + (8 * ldc)), Vector512.Load(c + (8 * ldc) + 16));
            (l9, r9) = (Vector512.Load(c + (9 * ldc)), Vector512.Load(c + (9 * ldc) + 16));
            (l10, r10) = (Vector512.Load(c + (10 * ldc)), Vector512.Load(c + (10 * ldc) + 16));
            (l11, r11) = (Vector512.Load(c + (11 * ldc)), Vector512.Load(c + (11 * ldc) + 16));
        }

        for (nint k = 0; k < depth; k++)
        {
            Vector512<float> left = Vector512.Load(b), right = Vector512.Load(b + bHalf);
            Vector512<float> x = Vector512.Create(*a);
            l0 = Vector512.FusedMultiplyAdd(x, left, l0);
            r0 = Vector512.FusedMultiplyAdd(x, right, r0);
            x = Vector512.Create(a[rowStep]);
            l1 = Vector512.FusedMultiplyAdd(x, left, l1);
            r1 = Vector512.FusedMultiplyAdd(x, right, r1);
            x = Vector512.Create(a[twoRows]);
            l2 = Vector512.FusedMultiplyAdd(x, left, l2);
            r2 = Vector512.FusedMultiplyAdd(x, right, r2);
            x = Vector512.Create(*a3);
            l3 = Vector512.FusedMultiplyAdd(x, left, l3);
            r3 = Vector512.FusedMultiplyAdd(x, right, r3);
            x = Vector512.Create(a3[rowStep]);
            l4 = Vector512.FusedMultiplyAdd(x, left, l4);
            r4 = Vector512.FusedMultiplyAdd(x, right, r4);
            x = Vector512.Create(a3[twoRows]);
            l5 = Vector512.FusedMultiplyAdd(x, left, l5);
            r5 = Vector512.FusedMultiplyAdd(x, right, r5);
            x = Vector512.Create(*a6);
            l6 = Vector512.FusedMultiplyAdd(x, left, l6);
            r6 = Vector512.FusedMultiplyAdd(x, right, r6);
            x = Vector512.Create(a6[rowStep]);
            l7 = Vector512.FusedMultiplyAdd(x, left, l7);
            r7 = Vector512.FusedMultiplyAdd(x, right, r7);
            x = Vector512.Create(a6[twoRows]);
            l8 = Vector512.FusedMultiplyAdd(x, left, l8);
            r8 = Vector512.FusedMultiplyAdd(x, right, r8);
            x = Vector512.Create(*a9);
            l9 = Vector512.FusedMultiplyAdd(x, left, l9);
            r9 = Vector512.FusedMultiplyAdd(x, right, r9);
            x = Vector512.Create(a9[rowStep]);
            l10 = Vector512.FusedMultiplyAdd(x, left, l10);
            r10 = Vector512.FusedMultiplyAdd(x, right, r10);
            x = Vector512.Create(a9[twoRows]);
            l11 = Vector512.FusedMultiplyAdd(x, left, l11);
            r11 = Vector512.FusedMultiplyAdd(x, right, r11);
            a += depthStep;
            a3 += depthStep;
            a6 += depthStep;
            a9 += depthStep;
            b += ldb;
        }

        Store(c, l0, r0);
        Store(c + ldc, l1, r1);
        Store(c + (2 * ldc), l2, r2);
        Store(c + (3 * ldc), l3, r3);
        Store(c + (4 * ldc), l4, r4);
        Store(c + (5 * ldc), l5, r5);
        Store(c + (6 * ldc), l6, r6);
        Store(c + (7 * ldc), l7, r7);
        Store(c + (8 * ldc), l8, r8);
        Store(c + (9 * ldc), l9, r9);
        Store(c + (10 * ldc), l10, r10);
        Store(c + (11 * ldc), l11, r11);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Rows4(float* a, nint rowStep, nint depthStep, float* b, nint bHalf, nint ldb, nint depth, float* c, nint ldc, bool add)
    {
        nint twoRows = 2 * rowStep, threeRows = 3 * rowStep;
        Vector512<float> l0 = default, r0 = default, l1 = default, r1 = default, l2 = default, r2 = default;
        Vector512<float> l3 = default, r3 = default;
        if (add)
        {
            (l0, r0) = (Vector512.Load(c), Vector512.Load(c + 16));
            (l1, r1) = (Vector512.Load(c + ldc), Vector512.Load(c + ldc + 16));
            (l2, r2) = (Vector512.Load(c + (2 * ldc)), Vector512.Load(c + (2 * ldc) + 16));
            (l3, r3) = (Vector512.Load(c + (3 * ldc)), Vector512.Load(c + (3 * ldc) + 16));
        }

        for (nint k = 0; k < depth; k++)
        {
            Vector512<float> left = Vector512.Load(b), right = Vector512.Load(b + bHalf);
            Vector512<float> x = Vector512.Create(*a);
            l0 = Vector512.FusedMultiplyAdd(x, left, l0);
            r0 = Vector512.FusedMultiplyAdd(x, right, r0);
            x = Vector512.Create(a[rowStep]);
            l1 = Vector512.FusedMultiplyAdd(x, left, l1);
            r1 = Vector512.FusedMultiplyAdd(x, right, r1);
            x = Vector512.Create(a[twoRows]);
            l2 = Vector512.FusedMultiplyAdd(x, left, l2);
            r2 = Vector512.FusedMultiplyAdd(x, right, r2);
            x = Vector512.Create(a[threeRows]);
            l3 = Vector512.FusedMultiplyAdd(x, left, l3);
            r3 = Vector512.FusedMultiplyAdd(x, right, r3);
            a += depthStep;
            b += ldb;
        }

        Store(c, l0, r0);
        Store(c + ldc, l1, r1);
        Store(c + (2 * ldc), l2, r2);
        Store(c + (3 * ldc), l3, r3);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Rows1(float* a, nint depthStep, float* b, nint bHalf, nint ldb, nint depth, float* c, bool add)
    {
        Vector512<float> left = default, right = default;
        if (add)
        {
            (left, right) = (Vector512.Load(c), Vector512.Load(c + 16));
        }

        for (nint k = 0; k < depth; k++)
        {
            Vector512<float> x = Vector512.Create(*a);
            left = Vector512.FusedMultiplyAdd(x, Vector512.Load(b), left);
            right = Vector512.FusedMultiplyAdd(x, Vector512.Load(b + bHalf), right);
            a += depthStep;
            b += ldb;
        }

        Store(c, left, right);
    }

    /// <summary>Four products of one row each, <paramref name="aNext"/>, <paramref name="bNext"/> and <paramref name="cNext"/> apart: alone, each would wait for its own chain.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void FourRows1(
        float* a, nint aNext, nint depthStep, float* b, nint bNext, nint bHalf, nint ldb, nint depth, float* c, nint cNext, bool add)
    {
        float* b1 = b + bNext, b2 = b1 + bNext, b3 = b2 + bNext;
        nint a2 = 2 * aNext, a3 = 3 * aNext;
        Vector512<float> l0 = default, r0 = default, l1 = default, r1 = default, l2 = default, r2 = default;
        Vector512<float> l3 = default, r3 = default;
        if (add)
        {
            (l0, r0) = (Vector512.Load(c), Vector512.Load(c + 16));
            (l1, r1) = (Vector512.Load(c + cNext), Vector512.Load(c + cNext + 16));
            (l2, r2) = (Vector512.Load(c + (2 * cNext)), Vector512.Load(c + (2 * cNext) + 16));
            (l3, r3) = (Vector512.Load(c + (3 * cNext)), Vector512.Load(c + (3 * cNext) + 16));
        }

        for (nint k = 0; k < depth; k++)
        {
            Vector512<float> x = Vector512.Create(*a);
            l0 = Vector512.FusedMultiplyAdd(x, Vector512.Load(b), l0);
            r0 = Vector512.FusedMultiplyAdd(x, Vector512.Load(b + bHalf), r0);
            x = Vector512.Create(a[aNext]);
            l1 = Vector512.FusedMultiplyAdd(x, Vector512.Load(b1), l1);
            r1 = Vector512.FusedMultiplyAdd(x, Vector512.Load(b1 + bHalf), r1);
            x = Vector512.Create(a[a2]);
            l2 = Vector512.FusedMultiplyAdd(x, Vector512.Load(b2), l2);
            r2 = Vector512.FusedMultiplyAdd(x, Vector512.Load(b2 + bHalf), r2);
            x = Vector512.Create(a[a3]);
            l3 = Vector512.FusedMultiplyAdd(x, Vector512.Load(b3), l3);
            r3 = Vector512.FusedMultiplyAdd(x, Vector512.Load(b3 + bHalf), r3);
            a += depthStep;
            b += ldb;
            b1 += ldb;
            b2 += ldb;
            b3 += ldb;
        }

        Store(c, l0, r0);
        Store(c + cNext, l1, r1);
        Store(c + (2 * cNext), l2, r2);
        Store(c + (3 * cNext), l3, r3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(float* c, Vector512<float> left, Vector512<float> right)
    {
        left.Store(c);
        right.Store(c + 16);
    }
}
