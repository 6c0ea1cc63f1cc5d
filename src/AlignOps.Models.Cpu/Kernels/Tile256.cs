using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace AlignOps.Models.Cpu.Kernels;

/// <summary>
/// The tiles of <see cref="Tile512"/> for machines without 512-bit registers: the same chains, so the same bits. Six rows of one strip take 12 of the 16 registers
/// as accumulators; fewer rows take several strips at once, because a machine that begins two multiply-adds a cycle and ends them four later wants eight chains.
/// </summary>
internal static unsafe class Tile256
{
    /// <summary>Rows of the tallest tile.</summary>
    public const int Height = 6;

    /// <summary>C[rows, 16·strips] (=, +=) A·B, strips of B's columns <paramref name="bNext"/> apart and C's 16.</summary>
    public static void Strips(float* a, nint rowStep, nint depthStep, int rows, float* b, nint bNext, nint ldb, int depth, float* c, nint ldc, int strips, bool add)
    {
        int tall = rows - (rows % Height);
        nint nextStep = NextStep(ldb, tall / Height);
        float* below = a + (tall * rowStep), to = c + (tall * ldc);
        for (int strip = 0; strip < strips; strip += 4)
        {
            int count = Math.Min(4, strips - strip);
            for (int i = 0; i < count; i++)
            {
                float* next = b + ((i + 1) * bNext);
                for (int row = 0; row < tall; row += Height)
                {
                    Rows<Six>(a + (row * rowStep), rowStep, depthStep, b + (i * bNext), ldb, depth, c + (row * ldc) + (16 * i), ldc, add, next, nextStep);
                    next += depth * nextStep;
                }
            }

            Rest(below, rowStep, depthStep, rows - tall, b, bNext, ldb, depth, to, ldc, count, add);
            b += 4 * bNext;
            c += 4 * 16;
            to += 4 * 16;
        }
    }

    /// <summary>Two products of one row and two strips each, <paramref name="aNext"/>, <paramref name="bNext"/> and <paramref name="cNext"/> apart, strips <paramref name="bHalf"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void TwoRows1(
        float* a, nint aNext, nint depthStep, float* b, nint bNext, nint bHalf, nint ldb, nint depth, float* c, nint cNext, bool add)
    {
        float* b1 = b + bHalf, b2 = b + bNext, b3 = b2 + bHalf, to = c + cNext;
        Vector256<float> v0 = Start(c, add), v1 = Start(c + 8, add), v2 = Start(c + 16, add), v3 = Start(c + 24, add);
        Vector256<float> w0 = Start(to, add), w1 = Start(to + 8, add), w2 = Start(to + 16, add), w3 = Start(to + 24, add);
        for (; depth > 0; depth--)
        {
            Vector256<float> x = Vector256.Create(*a);
            v0 = Vector256.FusedMultiplyAdd(x, Vector256.Load(b), v0);
            v1 = Vector256.FusedMultiplyAdd(x, Vector256.Load(b + 8), v1);
            v2 = Vector256.FusedMultiplyAdd(x, Vector256.Load(b1), v2);
            v3 = Vector256.FusedMultiplyAdd(x, Vector256.Load(b1 + 8), v3);
            x = Vector256.Create(a[aNext]);
            w0 = Vector256.FusedMultiplyAdd(x, Vector256.Load(b2), w0);
            w1 = Vector256.FusedMultiplyAdd(x, Vector256.Load(b2 + 8), w1);
            w2 = Vector256.FusedMultiplyAdd(x, Vector256.Load(b3), w2);
            w3 = Vector256.FusedMultiplyAdd(x, Vector256.Load(b3 + 8), w3);
            a += depthStep;
            b += ldb;
            b1 += ldb;
            b2 += ldb;
            b3 += ldb;
        }

        v0.Store(c);
        v1.Store(c + 8);
        v2.Store(c + 16);
        v3.Store(c + 24);
        w0.Store(to);
        w1.Store(to + 8);
        w2.Store(to + 16);
        w3.Store(to + 24);
    }

    /// <summary>
    /// Floats of the next strip that each of some tiles asks memory for with each of its own rows of B, so that the last has asked for all of it: a strip that comes from
    /// memory is there when its turn comes. 0 where strips are not packed, or so few tiles read one that it would come no sooner.
    /// </summary>
    private static nint NextStep(nint ldb, int tiles) => ldb == PackedMatrix.Strip && tiles >= 4 ? (PackedMatrix.Strip + tiles - 1) / tiles : 0;

    /// <summary>The rows that are too few for a tall tile, for up to four strips.</summary>
    private static void Rest(float* a, nint rowStep, nint depthStep, int rows, float* b, nint bNext, nint ldb, int depth, float* c, nint ldc, int strips, bool add)
    {
        if (rows == 1 && strips == 4)
        {
            TwoRows1(a, 0, depthStep, b, 2 * bNext, bNext, ldb, depth, c, 32, add);
            return;
        }

        int strip = 0;
        for (; rows is 2 or 3 && strip + 2 <= strips; strip += 2)
        {
            if (rows == 2)
            {
                Pair<Two>(a, rowStep, depthStep, b + (strip * bNext), bNext, ldb, depth, c + (16 * strip), ldc, add);
            }
            else
            {
                Pair<Three>(a, rowStep, depthStep, b + (strip * bNext), bNext, ldb, depth, c + (16 * strip), ldc, add);
            }
        }

        for (; strip < strips; strip++)
        {
            float* from = b + (strip * bNext), to = c + (16 * strip);
            switch (rows)
            {
                case 1: Rows<One>(a, rowStep, depthStep, from, ldb, depth, to, ldc, add); break;
                case 2: Rows<Two>(a, rowStep, depthStep, from, ldb, depth, to, ldc, add); break;
                case 3: Rows<Three>(a, rowStep, depthStep, from, ldb, depth, to, ldc, add); break;
                case 4: Rows<Four>(a, rowStep, depthStep, from, ldb, depth, to, ldc, add); break;
                case 5: Rows<Five>(a, rowStep, depthStep, from, ldb, depth, to, ldc, add); break;
            }
        }
    }

    /// <summary>Up to six rows of one strip; what is above the height is not compiled.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Rows<T>(
        float* a, nint rowStep, nint depthStep, float* b, nint ldb, nint depth, float* c, nint ldc, bool add, float* next = null, nint nextStep = 0)
        where T : struct, IHeight
    {
        float* a3 = a + (3 * rowStep);
        nint twoRows = 2 * rowStep;
        Vector256<float> l0 = default, r0 = default, l1 = default, r1 = default, l2 = default, r2 = default;
        Vector256<float> l3 = default, r3 = default, l4 = default, r4 = default, l5 = default, r5 = default;
        if (add)
        {
            (l0, r0) = (Vector256.Load(c), Vector256.Load(c + 8));
            if (T.Rows > 1) (l1, r1) = (Vector256.Load(c + ldc), Vector256.Load(c + ldc + 8));
            if (T.Rows > 2) (l2, r2) = (Vector256.Load(c + (2 * ldc)), Vector256.Load(c + (2 * ldc) + 8));
            if (T.Rows > 3) (l3, r3) = (Vector256.Load(c + (3 * ldc)), Vector256.Load(c + (3 * ldc) + 8));
            if (T.Rows > 4) (l4, r4) = (Vector256.Load(c + (4 * ldc)), Vector256.Load(c + (4 * ldc) + 8));
            if (T.Rows > 5) (l5, r5) = (Vector256.Load(c + (5 * ldc)), Vector256.Load(c + (5 * ldc) + 8));
        }

        for (; depth > 0; depth--)
        {
            Vector256<float> left = Vector256.Load(b), right = Vector256.Load(b + 8);
            Vector256<float> x = Vector256.Create(*a);
            (l0, r0) = (Vector256.FusedMultiplyAdd(x, left, l0), Vector256.FusedMultiplyAdd(x, right, r0));
            if (T.Rows > 1)
            {
                x = Vector256.Create(a[rowStep]);
                (l1, r1) = (Vector256.FusedMultiplyAdd(x, left, l1), Vector256.FusedMultiplyAdd(x, right, r1));
            }

            if (T.Rows > 2)
            {
                x = Vector256.Create(a[twoRows]);
                (l2, r2) = (Vector256.FusedMultiplyAdd(x, left, l2), Vector256.FusedMultiplyAdd(x, right, r2));
            }

            if (T.Rows > 3)
            {
                x = Vector256.Create(*a3);
                (l3, r3) = (Vector256.FusedMultiplyAdd(x, left, l3), Vector256.FusedMultiplyAdd(x, right, r3));
            }

            if (T.Rows > 4)
            {
                x = Vector256.Create(a3[rowStep]);
                (l4, r4) = (Vector256.FusedMultiplyAdd(x, left, l4), Vector256.FusedMultiplyAdd(x, right, r4));
            }

            if (T.Rows > 5)
            {
                if (Sse.IsSupported)
                {
                    Sse.Prefetch1(next);
                    next += nextStep;
                }

                x = Vector256.Create(a3[twoRows]);
                (l5, r5) = (Vector256.FusedMultiplyAdd(x, left, l5), Vector256.FusedMultiplyAdd(x, right, r5));
            }

            a += depthStep;
            a3 += depthStep;
            b += ldb;
        }

        Store(c, l0, r0);
        if (T.Rows > 1) Store(c + ldc, l1, r1);
        if (T.Rows > 2) Store(c + (2 * ldc), l2, r2);
        if (T.Rows > 3) Store(c + (3 * ldc), l3, r3);
        if (T.Rows > 4) Store(c + (4 * ldc), l4, r4);
        if (T.Rows > 5) Store(c + (5 * ldc), l5, r5);
    }

    /// <summary>Two or three rows of two strips.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Pair<T>(float* a, nint rowStep, nint depthStep, float* b, nint bHalf, nint ldb, nint depth, float* c, nint ldc, bool add)
        where T : struct, IHeight
    {
        float* b1 = b + bHalf, c1 = c + ldc, c2 = c1 + ldc;
        nint twoRows = 2 * rowStep;
        bool third = add && T.Rows > 2;
        Vector256<float> p0 = Start(c, add), q0 = Start(c + 8, add), r0 = Start(c + 16, add), s0 = Start(c + 24, add);
        Vector256<float> p1 = Start(c1, add), q1 = Start(c1 + 8, add), r1 = Start(c1 + 16, add), s1 = Start(c1 + 24, add);
        Vector256<float> p2 = Start(c2, third), q2 = Start(c2 + 8, third), r2 = Start(c2 + 16, third), s2 = Start(c2 + 24, third);
        for (; depth > 0; depth--)
        {
            Vector256<float> x0 = Vector256.Create(*a), x1 = Vector256.Create(a[rowStep]), x2 = T.Rows > 2 ? Vector256.Create(a[twoRows]) : default;
            Vector256<float> v = Vector256.Load(b);
            (p0, p1) = (Vector256.FusedMultiplyAdd(x0, v, p0), Vector256.FusedMultiplyAdd(x1, v, p1));
            if (T.Rows > 2) p2 = Vector256.FusedMultiplyAdd(x2, v, p2);
            v = Vector256.Load(b + 8);
            (q0, q1) = (Vector256.FusedMultiplyAdd(x0, v, q0), Vector256.FusedMultiplyAdd(x1, v, q1));
            if (T.Rows > 2) q2 = Vector256.FusedMultiplyAdd(x2, v, q2);
            v = Vector256.Load(b1);
            (r0, r1) = (Vector256.FusedMultiplyAdd(x0, v, r0), Vector256.FusedMultiplyAdd(x1, v, r1));
            if (T.Rows > 2) r2 = Vector256.FusedMultiplyAdd(x2, v, r2);
            v = Vector256.Load(b1 + 8);
            (s0, s1) = (Vector256.FusedMultiplyAdd(x0, v, s0), Vector256.FusedMultiplyAdd(x1, v, s1));
            if (T.Rows > 2) s2 = Vector256.FusedMultiplyAdd(x2, v, s2);
            a += depthStep;
            b += ldb;
            b1 += ldb;
        }

        Store(c, p0, q0);
        Store(c + 16, r0, s0);
        Store(c1, p1, q1);
        Store(c1 + 16, r1, s1);
        if (T.Rows > 2)
        {
            Store(c2, p2, q2);
            Store(c2 + 16, r2, s2);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Start(float* c, bool add) => add ? Vector256.Load(c) : default;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(float* c, Vector256<float> left, Vector256<float> right)
    {
        left.Store(c);
        right.Store(c + 8);
    }

    private interface IHeight
    {
        static abstract int Rows { get; }
    }

    private readonly struct One : IHeight { public static int Rows => 1; }

    private readonly struct Two : IHeight { public static int Rows => 2; }

    private readonly struct Three : IHeight { public static int Rows => 3; }

    private readonly struct Four : IHeight { public static int Rows => 4; }

    private readonly struct Five : IHeight { public static int Rows => 5; }

    private readonly struct Six : IHeight { public static int Rows => 6; }
}
