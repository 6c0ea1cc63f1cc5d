using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace AlignOps.Models.Cpu.Kernels;

/// <summary>
/// Products with strips that are kept in fewer bits. A few rows turn numbers into fp32 in registers, because reading is most of what they cost; many share a piece
/// that is turned once and stays in the first cache. The chains of sums are those of <see cref="Tile"/>, so bf16 gives the bits that fp32 strips of the same numbers give.
/// </summary>
internal static unsafe class CompactTile
{
    /// <summary>Depth of the piece of a strip that is turned into fp32 at a time: 8 KiB.</summary>
    private const int Piece = 128;

    /// <summary>Rows from which it pays to turn a piece of bytes once for all of them. Halves cost nothing beside six rows on 256 bits.</summary>
    private const int Tall = 24;

    /// <summary>Bytes ahead that one row asks memory for.</summary>
    private const int Ahead = 1024;
    private const uint High = 0xFFFF0000;

    /// <summary>Strips that the widest tile takes at a time.</summary>
    private static readonly int Pair = Avx512F.IsSupported ? 2 : 1;

    /// <summary>C[rows, 16·strips] (=, +=) A[rows, depth]·B from <paramref name="firstDepth"/> and <paramref name="firstStrip"/> on.</summary>
    public static void Strips(float* a, nint rowStep, int rows, PackedMatrix b, int firstStrip, int firstDepth, int depth, float* c, nint ldc, int strips, bool add)
    {
        if (rows == 1)
        {
            int pairs = strips & -2;
            for (int strip = 0; strip < pairs; strip += 2)
            {
                Row(a, b, firstStrip + strip, firstDepth, depth, c + (strip * PackedMatrix.Strip), add);
            }

            firstStrip += pairs;
            strips -= pairs;
            c += pairs * PackedMatrix.Strip;
        }

        int few = Avx512F.IsSupported ? Tile256.Height : b.Form == StripForm.Half ? int.MaxValue : Tall;
        if (rows < few)
        {
            for (int strip = 0; strip < strips; strip++)
            {
                FewRows.Strip(a, rowStep, rows, b, firstStrip + strip, firstDepth, depth, c + (strip * PackedMatrix.Strip), ldc, add);
            }

            return;
        }

        Expanded(a, rowStep, rows, b, firstStrip, firstDepth, depth, c, ldc, strips, add);
    }

    [SkipLocalsInit]
    private static void Expanded(float* a, nint rowStep, int rows, PackedMatrix b, int firstStrip, int firstDepth, int depth, float* c, nint ldc, int strips, bool add)
    {
        const int Floats = Piece * PackedMatrix.Strip;
        float* piece = stackalloc float[(2 * Floats) + 16];
        piece = (float*)(((nint)piece + 63) & -64);
        for (int strip = 0; strip < strips; strip += Pair)
        {
            int count = Math.Min(Pair, strips - strip);
            for (int at = 0; at < depth; at += Piece)
            {
                int deep = Math.Min(Piece, depth - at);
                for (int i = 0; i < count; i++)
                {
                    Expand(b, firstStrip + strip + i, firstDepth + at, deep, piece + (i * Floats));
                }

                Tile.Strips(a + at, rowStep, 1, rows, piece, Floats, PackedMatrix.Strip, deep, c + (strip * PackedMatrix.Strip), ldc, count, add || at > 0);
            }
        }
    }

    /// <summary>Some depth of a strip as fp32.</summary>
    public static void Expand(PackedMatrix b, int strip, int firstDepth, int depth, float* to)
    {
        if (b.Form == StripForm.Half)
        {
            ExpandHalf((uint*)b.Row(strip, firstDepth), depth, to);
        }
        else
        {
            ExpandByte((sbyte*)b.Row(strip, firstDepth), b.Scales(strip), depth, to);
        }
    }

    private static void Row(float* a, PackedMatrix b, int strip, int firstDepth, int depth, float* c, bool add)
    {
        byte* left = b.Row(strip, firstDepth), right = b.Row(strip + 1, firstDepth);
        if (b.Form == StripForm.Half)
        {
            RowHalf(a, (uint*)left, (uint*)right, depth, c, add);
        }
        else
        {
            RowByte(a, (sbyte*)left, (sbyte*)right, b.Scales(strip), depth, c, add);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void RowHalf(float* a, uint* left, uint* right, int depth, float* c, bool add)
    {
        Vector256<float> v0 = Start(c, add), v1 = Start(c + 8, add), v2 = Start(c + 16, add), v3 = Start(c + 24, add);
        Vector256<uint> high = Vector256.Create(High);
        for (; depth > 0; depth--)
        {
            Prefetch(left);
            Prefetch(right);
            Vector256<float> x = Vector256.Create(*a);
            Vector256<uint> l = Vector256.Load(left), r = Vector256.Load(right);
            v0 = Vector256.FusedMultiplyAdd(x, (l << 16).AsSingle(), v0);
            v1 = Vector256.FusedMultiplyAdd(x, (l & high).AsSingle(), v1);
            v2 = Vector256.FusedMultiplyAdd(x, (r << 16).AsSingle(), v2);
            v3 = Vector256.FusedMultiplyAdd(x, (r & high).AsSingle(), v3);
            a++;
            left += 8;
            right += 8;
        }

        v0.Store(c);
        v1.Store(c + 8);
        v2.Store(c + 16);
        v3.Store(c + 24);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void RowByte(float* a, sbyte* left, sbyte* right, float* scales, int depth, float* c, bool add)
    {
        Vector256<float> v0 = Start(c, add), v1 = Start(c + 8, add), v2 = Start(c + 16, add), v3 = Start(c + 24, add);
        Vector256<float> s0 = Vector256.Load(scales), s1 = Vector256.Load(scales + 8), s2 = Vector256.Load(scales + 16), s3 = Vector256.Load(scales + 24);
        for (; depth > 0; depth--)
        {
            Prefetch(left);
            Prefetch(right);
            Vector256<float> x = Vector256.Create(*a);
            v0 = Vector256.FusedMultiplyAdd(x, Eight(left) * s0, v0);
            v1 = Vector256.FusedMultiplyAdd(x, Eight(left + 8) * s1, v1);
            v2 = Vector256.FusedMultiplyAdd(x, Eight(right) * s2, v2);
            v3 = Vector256.FusedMultiplyAdd(x, Eight(right + 8) * s3, v3);
            a++;
            left += 16;
            right += 16;
        }

        v0.Store(c);
        v1.Store(c + 8);
        v2.Store(c + 16);
        v3.Store(c + 24);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void ExpandHalf(uint* from, int depth, float* to)
    {
        Vector256<uint> high = Vector256.Create(High);
        for (; depth > 0; depth--)
        {
            Prefetch(from);
            Vector256<uint> both = Vector256.Load(from);
            (both << 16).AsSingle().Store(to);
            (both & high).AsSingle().Store(to + 8);
            from += 8;
            to += 16;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void ExpandByte(sbyte* from, float* scales, int depth, float* to)
    {
        Vector256<float> left = Vector256.Load(scales), right = Vector256.Load(scales + 8);
        for (; depth > 0; depth--)
        {
            Prefetch(from);
            (Eight(from) * left).Store(to);
            (Eight(from + 8) * right).Store(to + 8);
            from += 16;
            to += 16;
        }
    }

    /// <summary>Eight signed bytes as fp32.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Eight(sbyte* from)
    {
        if (Avx2.IsSupported)
        {
            return Vector256.ConvertToSingle(Avx2.ConvertToVector256Int32(from));
        }

        Vector128<short> wide = Vector128.WidenLower(Vector128.CreateScalar(*(long*)from).AsSByte());
        return Vector256.ConvertToSingle(Vector256.Create(Vector128.WidenLower(wide), Vector128.WidenUpper(wide)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Start(float* c, bool add) => add ? Vector256.Load(c) : default;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Prefetch(void* address)
    {
        if (Sse.IsSupported)
        {
            Sse.Prefetch0((byte*)address + Ahead);
        }
    }
}
