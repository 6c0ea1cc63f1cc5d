using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace AlignOps.Models.Cpu.Kernels;

/// <summary>
/// Register tiles of C (=, +=) A·B over 32 columns of B in 512-bit vectors. A(i, k) is a[i·rowStep + k·depthStep], so rows of A or of its transpose are read in place.
/// Each element is one chain of fused multiply-adds over k from zero, added to C at the end: the height of a tile never changes a result.
/// </summary>
internal static unsafe class Tile512
{
    /// <summary>Twelve rows: 24 accumulators, which hide the latency of the multiply-add and leave room for B.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Rows12(float* a, nint rowStep, nint depthStep, float* b, nint ldb, nint depth, float* c, nint ldc, bool add)
    {
        float* a3 = a + (3 * rowStep), a6 = a + (6 * rowStep), a9 = a + (9 * rowStep);
        nint twoRows = 2 * rowStep;
        Vector512<float> l0 = default, r0 = default, l1 = default, r1 = default;
        Vector512<float> l2 = default, r2 = default, l3 = default, r3 = default;
        Vector512<float> l4 = default, r4 = default, l5 = default, r5 = default;
        Vector512<float> l6 = default, r6 = default, l7 = default, r7 = default;
        Vector512<float> l8 = default, r8 = default, l9 = default, r9 = default;
        Vector512<float> l10 = default, r10 = default, l11 = default, r11 = default;
        for (nint k = 0; k < depth; k++)
        {
            Vector512<float> left = Vector512.Load(b), right = Vector512.Load(b + 16);
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

        Store(c, l0, r0, add);
        Store(c + ldc, l1, r1, add);
        Store(c + (2 * ldc), l2, r2, add);
        Store(c + (3 * ldc), l3, r3, add);
        Store(c + (4 * ldc), l4, r4, add);
        Store(c + (5 * ldc), l5, r5, add);
        Store(c + (6 * ldc), l6, r6, add);
        Store(c + (7 * ldc), l7, r7, add);
        Store(c + (8 * ldc), l8, r8, add);
        Store(c + (9 * ldc), l9, r9, add);
        Store(c + (10 * ldc), l10, r10, add);
        Store(c + (11 * ldc), l11, r11, add);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Rows4(float* a, nint rowStep, nint depthStep, float* b, nint ldb, nint depth, float* c, nint ldc, bool add)
    {
        nint twoRows = 2 * rowStep, threeRows = 3 * rowStep;
        Vector512<float> l0 = default, r0 = default, l1 = default, r1 = default, l2 = default, r2 = default, l3 = default, r3 = default;
        for (nint k = 0; k < depth; k++)
        {
            Vector512<float> left = Vector512.Load(b), right = Vector512.Load(b + 16);
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

        Store(c, l0, r0, add);
        Store(c + ldc, l1, r1, add);
        Store(c + (2 * ldc), l2, r2, add);
        Store(c + (3 * ldc), l3, r3, add);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Rows1(float* a, nint depthStep, float* b, nint ldb, nint depth, float* c, bool add)
    {
        Vector512<float> left = default, right = default;
        for (nint k = 0; k < depth; k++)
        {
            Vector512<float> x = Vector512.Create(*a);
            left = Vector512.FusedMultiplyAdd(x, Vector512.Load(b), left);
            right = Vector512.FusedMultiplyAdd(x, Vector512.Load(b + 16), right);
            a += depthStep;
            b += ldb;
        }

        Store(c, left, right, add);
    }

    /// <summary>Four products of one row each, <paramref name="aNext"/>, <paramref name="bNext"/> and <paramref name="cNext"/> apart: alone, each would wait for its own chain.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void FourRows1(
        float* a, nint aNext, nint depthStep, float* b, nint bNext, nint ldb, nint depth, float* c, nint cNext, bool add)
    {
        float* b1 = b + bNext, b2 = b1 + bNext, b3 = b2 + bNext;
        nint a2 = 2 * aNext, a3 = 3 * aNext;
        Vector512<float> l0 = default, r0 = default, l1 = default, r1 = default, l2 = default, r2 = default, l3 = default, r3 = default;
        for (nint k = 0; k < depth; k++)
        {
            Vector512<float> x = Vector512.Create(*a);
            l0 = Vector512.FusedMultiplyAdd(x, Vector512.Load(b), l0);
            r0 = Vector512.FusedMultiplyAdd(x, Vector512.Load(b + 16), r0);
            x = Vector512.Create(a[aNext]);
            l1 = Vector512.FusedMultiplyAdd(x, Vector512.Load(b1), l1);
            r1 = Vector512.FusedMultiplyAdd(x, Vector512.Load(b1 + 16), r1);
            x = Vector512.Create(a[a2]);
            l2 = Vector512.FusedMultiplyAdd(x, Vector512.Load(b2), l2);
            r2 = Vector512.FusedMultiplyAdd(x, Vector512.Load(b2 + 16), r2);
            x = Vector512.Create(a[a3]);
            l3 = Vector512.FusedMultiplyAdd(x, Vector512.Load(b3), l3);
            r3 = Vector512.FusedMultiplyAdd(x, Vector512.Load(b3 + 16), r3);
            a += depthStep;
            b += ldb;
            b1 += ldb;
            b2 += ldb;
            b3 += ldb;
        }

        Store(c, l0, r0, add);
        Store(c + cNext, l1, r1, add);
        Store(c + (2 * cNext), l2, r2, add);
        Store(c + (3 * cNext), l3, r3, add);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(float* c, Vector512<float> left, Vector512<float> right, bool add)
    {
        if (add)
        {
            left += Vector512.Load(c);
            right += Vector512.Load(c + 16);
        }

        left.Store(c);
        right.Store(c + 16);
    }
}
