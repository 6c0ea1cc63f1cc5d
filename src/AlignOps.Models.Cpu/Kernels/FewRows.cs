using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace AlignOps.Models.Cpu.Kernels;

/// <summary>A few rows against a strip kept in fewer bits, six at a time; while they are computed the next strip is asked for, a part by each six.</summary>
internal static unsafe class FewRows
{
    private const int Height = 6;

    /// <summary>C[rows, 16] (=, +=) A[rows, depth]·B's strip from <paramref name="firstDepth"/> on.</summary>
    public static void Strip(float* a, nint rowStep, int rows, PackedMatrix b, int strip, int firstDepth, int depth, float* c, nint ldc, bool add)
    {
        if (b.Form == StripForm.Half)
        {
            Strip<Halves>(a, rowStep, rows, b.Row(strip, firstDepth), b.Row(strip + 1, firstDepth), null, depth, c, ldc, add);
        }
        else
        {
            Strip<Bytes>(a, rowStep, rows, b.Row(strip, firstDepth), b.Row(strip + 1, firstDepth), b.Scales(strip), depth, c, ldc, add);
        }
    }

    private static void Strip<TForm>(float* a, nint rowStep, int rows, byte* b, byte* next, float* scales, int depth, float* c, nint ldc, bool add)
        where TForm : struct, IForm
    {
        int parts = (rows + Height - 1) / Height, step = (TForm.Bytes + parts - 1) / parts;
        for (int row = 0; row < rows; row += Height)
        {
            float* from = a + (row * rowStep), to = c + (row * ldc);
            switch (Math.Min(Height, rows - row))
            {
                case 1: Rows<One, TForm>(from, rowStep, b, scales, depth, to, ldc, add, next, step); break;
                case 2: Rows<Two, TForm>(from, rowStep, b, scales, depth, to, ldc, add, next, step); break;
                case 3: Rows<Three, TForm>(from, rowStep, b, scales, depth, to, ldc, add, next, step); break;
                case 4: Rows<Four, TForm>(from, rowStep, b, scales, depth, to, ldc, add, next, step); break;
                case 5: Rows<Five, TForm>(from, rowStep, b, scales, depth, to, ldc, add, next, step); break;
                default: Rows<Six, TForm>(from, rowStep, b, scales, depth, to, ldc, add, next, step); break;
            }

            next += (nint)depth * step;
        }
    }

    /// <summary>Up to six rows; what is above the height is not compiled.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Rows<T, TForm>(float* a, nint rowStep, byte* b, float* scales, nint depth, float* c, nint ldc, bool add, byte* next, nint step)
        where T : struct, IHeight
        where TForm : struct, IForm
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
            if (Sse.IsSupported)
            {
                Sse.Prefetch1(next);
            }

            Vector256<float> left = TForm.Left(b, scales), right = TForm.Right(b, scales);
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
                x = Vector256.Create(a3[twoRows]);
                (l5, r5) = (Vector256.FusedMultiplyAdd(x, left, l5), Vector256.FusedMultiplyAdd(x, right, r5));
            }

            a++;
            a3++;
            b += TForm.Bytes;
            next += step;
        }

        Store(c, l0, r0);
        if (T.Rows > 1) Store(c + ldc, l1, r1);
        if (T.Rows > 2) Store(c + (2 * ldc), l2, r2);
        if (T.Rows > 3) Store(c + (3 * ldc), l3, r3);
        if (T.Rows > 4) Store(c + (4 * ldc), l4, r4);
        if (T.Rows > 5) Store(c + (5 * ldc), l5, r5);
    }

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

    private interface IForm
    {
        /// <summary>Of the 16 numbers at one depth.</summary>
        static abstract int Bytes { get; }

        static abstract Vector256<float> Left(byte* b, float* scales);

        static abstract Vector256<float> Right(byte* b, float* scales);
    }

    private readonly struct One : IHeight { public static int Rows => 1; }

    private readonly struct Two : IHeight { public static int Rows => 2; }

    private readonly struct Three : IHeight { public static int Rows => 3; }

    private readonly struct Four : IHeight { public static int Rows => 4; }

    private readonly struct Five : IHeight { public static int Rows => 5; }

    private readonly struct Six : IHeight { public static int Rows => 6; }

    private readonly struct Halves : IForm
    {
        public static int Bytes => 32;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<float> Left(byte* b, float* scales) => (Vector256.Load((uint*)b) << 16).AsSingle();

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<float> Right(byte* b, float* scales) => (Vector256.Load((uint*)b) & Vector256.Create(0xFFFF0000u)).AsSingle();
    }

    private readonly struct Bytes : IForm
    {
        static int IForm.Bytes => 16;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<float> Left(byte* b, float* scales) => CompactTile.Eight((sbyte*)b) * Vector256.Load(scales);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<float> Right(byte* b, float* scales) => CompactTile.Eight((sbyte*)b + 8) * Vector256.Load(scales + 8);
    }
}
