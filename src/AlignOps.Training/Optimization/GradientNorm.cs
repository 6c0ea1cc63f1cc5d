using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using AlignOps.Models.Policies;

namespace AlignOps.Training.Optimization;

/// <summary>The Euclidean norm over all gradients together, and what clipping makes of it.</summary>
public static class GradientNorm
{
    private const double Guard = 1e-6;

    /// <summary>Summed in double in fixed lanes, piece by piece in the order of the parameters: the same bits on every machine.</summary>
    public static double Of(IReadOnlyList<TrainableParameter> parameters)
    {
        var pieces = new ParameterPieces(parameters);
        double sum = 0;
        for (int i = 0; i < pieces.Count; i++)
        {
            (int parameter, int start, int length) = pieces[i];
            sum += SumOfSquares(parameters[parameter].Gradient.Span.Slice(start, length));
        }

        return Math.Sqrt(sum);
    }

    /// <summary>The factor that brings the norm down to the limit; 1 below it or where there is no limit (0).</summary>
    public static double ClipScale(double norm, double limit) => limit > 0 && norm > limit ? limit / (norm + Guard) : 1;

    /// <summary>Σ x² in sixteen lanes by index, then the rest.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static double SumOfSquares(ReadOnlySpan<float> values)
    {
        ref float start = ref MemoryMarshal.GetReference(values);
        Vector256<double> a = default, b = default, c = default, d = default;
        int wide = values.Length & -16;
        for (int i = 0; i < wide; i += 16)
        {
            (Vector256<double> low, Vector256<double> high) = Vector256.Widen(Vector256.LoadUnsafe(ref start, (nuint)i));
            (Vector256<double> lower, Vector256<double> upper) = Vector256.Widen(Vector256.LoadUnsafe(ref start, (nuint)(i + 8)));
            a += low * low;
            b += high * high;
            c += lower * lower;
            d += upper * upper;
        }

        double rest = 0;
        for (int i = wide; i < values.Length; i++)
        {
            rest += (double)values[i] * values[i];
        }

        Vector256<double> lanes = a + b + (c + d);
        return lanes[0] + lanes[1] + (lanes[2] + lanes[3]) + rest;
    }
}
