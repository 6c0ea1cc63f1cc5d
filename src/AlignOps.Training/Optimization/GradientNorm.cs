using System.Runtime.Intrinsics;
using AlignOps.Models.Policies;

namespace AlignOps.Training.Optimization;

/// <summary>The Euclidean norm over all gradients together, and what clipping makes of it.</summary>
public static class GradientNorm
{
    private const double Guard = 1e-6;

    /// <summary>Summed in double in four fixed lanes, in the order of the parameters: the same bits on every machine.</summary>
    public static double Of(IReadOnlyList<TrainableParameter> parameters)
    {
        Vector256<double> lanes = Vector256<double>.Zero;
        double rest = 0;
        for (int p = 0; p < parameters.Count; p++)
        {
            ReadOnlySpan<float> gradient = parameters[p].Gradient.Span;
            int wide = gradient.Length - gradient.Length % 4;
            for (int i = 0; i < wide; i += 4)
            {
                Vector256<double> four = Vector256.Create(gradient[i], gradient[i + 1], (double)gradient[i + 2], gradient[i + 3]);
                lanes += four * four;
            }

            for (int i = wide; i < gradient.Length; i++)
            {
                rest += (double)gradient[i] * gradient[i];
            }
        }

        return Math.Sqrt(lanes[0] + lanes[1] + lanes[2] + lanes[3] + rest);
    }

    /// <summary>The factor that brings the norm down to the limit; 1 below it or where there is no limit (0).</summary>
    public static double ClipScale(double norm, double limit) => limit > 0 && norm > limit ? limit / (norm + Guard) : 1;
}
