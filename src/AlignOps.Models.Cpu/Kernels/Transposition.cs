using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace AlignOps.Models.Cpu.Kernels;

/// <summary>Copies scale·S[rows, columns] to T[columns, rows], in blocks of four by four where the machine can shuffle.</summary>
internal static unsafe class Transposition
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Copy(float* source, nint sourceStride, int rows, int columns, float* target, nint targetStride, float scale)
    {
        int row = 0;
        if (Sse.IsSupported)
        {
            Vector128<float> factor = Vector128.Create(scale);
            for (; row + 4 <= rows; row += 4)
            {
                float* s = source + (row * sourceStride);
                float* t = target + row;
                int column = 0;
                for (; column + 4 <= columns; column += 4)
                {
                    Vector128<float> a = Vector128.Load(s + column) * factor;
                    Vector128<float> b = Vector128.Load(s + sourceStride + column) * factor;
                    Vector128<float> c = Vector128.Load(s + (2 * sourceStride) + column) * factor;
                    Vector128<float> d = Vector128.Load(s + (3 * sourceStride) + column) * factor;
                    Vector128<float> abLow = Sse.UnpackLow(a, b), cdLow = Sse.UnpackLow(c, d);
                    Vector128<float> abHigh = Sse.UnpackHigh(a, b), cdHigh = Sse.UnpackHigh(c, d);
                    float* to = t + (column * targetStride);
                    Sse.MoveLowToHigh(abLow, cdLow).Store(to);
                    Sse.MoveHighToLow(cdLow, abLow).Store(to + targetStride);
                    Sse.MoveLowToHigh(abHigh, cdHigh).Store(to + (2 * targetStride));
                    Sse.MoveHighToLow(cdHigh, abHigh).Store(to + (3 * targetStride));
                }

                Plain(s, sourceStride, 4, column, columns, t, targetStride, scale);
            }
        }

        Plain(source + (row * sourceStride), sourceStride, rows - row, 0, columns, target + row, targetStride, scale);
    }

    /// <summary>Copies scale·S[rows, 16] close together.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void CopyStrip(float* source, nint stride, int rows, float* target, float scale)
    {
        Vector512<float> factor = Vector512.Create(scale);
        for (int row = 0; row < rows; row++)
        {
            (Vector512.Load(source) * factor).Store(target);
            source += stride;
            target += PackedMatrix.Strip;
        }
    }

    /// <summary>Copies S[rows, 16·strips] to strips of rows close together, one behind the other.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void CopyStrips(float* source, nint stride, int rows, int strips, float* target)
    {
        nint next = (nint)rows * PackedMatrix.Strip;
        for (int row = 0; row < rows; row++)
        {
            float* to = target;
            for (int strip = 0; strip < strips; strip++)
            {
                Vector512.Load(source + (strip * PackedMatrix.Strip)).Store(to);
                to += next;
            }

            source += stride;
            target += PackedMatrix.Strip;
        }
    }

    /// <summary>Copies scale·S[rows, columns] for fewer than 16 columns, 16 apart.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void CopyPart(float* source, nint stride, int rows, int columns, float* target, float scale)
    {
        for (int row = 0; row < rows; row++)
        {
            for (int i = 0; i < columns; i++)
            {
                target[i] = scale * source[i];
            }

            source += stride;
            target += PackedMatrix.Strip;
        }
    }

    private static void Plain(float* source, nint sourceStride, int rows, int fromColumn, int columns, float* target, nint targetStride, float scale)
    {
        for (int row = 0; row < rows; row++)
        {
            for (int column = fromColumn; column < columns; column++)
            {
                target[(column * targetStride) + row] = scale * source[(row * sourceStride) + column];
            }
        }
    }
}
