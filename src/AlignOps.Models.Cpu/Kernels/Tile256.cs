using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace AlignOps.Models.Cpu.Kernels;

/// <summary>The tiles of <see cref="Tile512"/> for machines without 512-bit registers: 16 columns at a time, the same chains, so the same bits.</summary>
internal static unsafe class Tile256
{
    public static void Rows4(float* a, nint rowStep, nint depthStep, float* b, nint ldb, nint depth, float* c, nint ldc, bool add)
    {
        Half4(a, rowStep, depthStep, b, ldb, depth, c, ldc, add);
        Half4(a, rowStep, depthStep, b + 16, ldb, depth, c + 16, ldc, add);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Rows1(float* a, nint depthStep, float* b, nint ldb, nint depth, float* c, bool add)
    {
        Vector256<float> v0 = default, v1 = default, v2 = default, v3 = default;
        for (nint k = 0; k < depth; k++)
        {
            Vector256<float> x = Vector256.Create(*a);
            v0 = Vector256.FusedMultiplyAdd(x, Vector256.Load(b), v0);
            v1 = Vector256.FusedMultiplyAdd(x, Vector256.Load(b + 8), v1);
            v2 = Vector256.FusedMultiplyAdd(x, Vector256.Load(b + 16), v2);
            v3 = Vector256.FusedMultiplyAdd(x, Vector256.Load(b + 24), v3);
            a += depthStep;
            b += ldb;
        }

        Store(c, v0, v1, add);
        Store(c + 16, v2, v3, add);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Half4(float* a, nint rowStep, nint depthStep, float* b, nint ldb, nint depth, float* c, nint ldc, bool add)
    {
        nint twoRows = 2 * rowStep, threeRows = 3 * rowStep;
        Vector256<float> l0 = default, r0 = default, l1 = default, r1 = default, l2 = default, r2 = default, l3 = default, r3 = default;
        for (nint k = 0; k < depth; k++)
        {
            Vector256<float> left = Vector256.Load(b), right = Vector256.Load(b + 8);
            Vector256<float> x = Vector256.Create(*a);
            l0 = Vector256.FusedMultiplyAdd(x, left, l0);
            r0 = Vector256.FusedMultiplyAdd(x, right, r0);
            x = Vector256.Create(a[rowStep]);
            l1 = Vector256.FusedMultiplyAdd(x, left, l1);
            r1 = Vector256.FusedMultiplyAdd(x, right, r1);
            x = Vector256.Create(a[twoRows]);
            l2 = Vector256.FusedMultiplyAdd(x, left, l2);
            r2 = Vector256.FusedMultiplyAdd(x, right, r2);
            x = Vector256.Create(a[threeRows]);
            l3 = Vector256.FusedMultiplyAdd(x, left, l3);
            r3 = Vector256.FusedMultiplyAdd(x, right, r3);
            a += depthStep;
            b += ldb;
        }

        Store(c, l0, r0, add);
        Store(c + ldc, l1, r1, add);
        Store(c + (2 * ldc), l2, r2, add);
        Store(c + (3 * ldc), l3, r3, add);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(float* c, Vector256<float> left, Vector256<float> right, bool add)
    {
        if (add)
        {
            left += Vector256.Load(c);
            right += Vector256.Load(c + 8);
        }

        left.Store(c);
        right.Store(c + 8);
    }
}
