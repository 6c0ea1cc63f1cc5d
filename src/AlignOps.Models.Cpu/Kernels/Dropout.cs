using System.Runtime.CompilerServices;
using AlignOps.Models.Sampling;

namespace AlignOps.Models.Cpu.Kernels;

/// <summary>Inverted dropout of one row (Srivastava et al. 2014), by bits that hang on nothing but the stream and the element.</summary>
internal static unsafe class Dropout
{
    /// <summary>y = x / (1 − p), or 0 with probability p.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Apply(float* x, ulong stream, double probability, float* y, int length)
    {
        uint threshold = TrainingNoise.Threshold(probability);
        float kept = (float)(1 / (1 - probability));
        for (int i = 0; i < length; i++)
        {
            y[i] = TrainingNoise.Bits(stream, i) < threshold ? 0 : x[i] * kept;
        }
    }
}
