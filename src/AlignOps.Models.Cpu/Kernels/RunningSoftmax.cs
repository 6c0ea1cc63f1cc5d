using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace AlignOps.Models.Cpu.Kernels;

/// <summary>
/// Softmax of a row whose logits come piece by piece (Milakov and Gimelshein 2018): sums stand relative to the highest logit so far, and move with it. One piece is near
/// while it is looked at twice, and a row never exists whole.
/// </summary>
internal static unsafe class RunningSoftmax
{
    /// <summary>Before the first piece.</summary>
    public static void Begin(float* max, float* sum, float* weighted, int rows)
    {
        new Span<float>(max, rows).Fill(float.NegativeInfinity);
        new Span<float>(sum, rows).Clear();
        new Span<float>(weighted, rows).Clear();
    }

    /// <summary>
    /// p := exp(z − max) over n more logits, max being the highest by then; sum becomes Σ p of all pieces, weighted Σ p·(z − max) where it is not null.
    /// p may be z, and room behind it up to whole vectors is written. Gives what sums over the earlier p's are to be multiplied by.
    /// </summary>
    public static float Take(float* z, int n, float* p, float* max, float* sum, float* weighted)
    {
        float before = *max, now = MathF.Max(before, RowSoftmax.Max(z, n));
        float factor = before == now ? 1 : MathF.Exp(before - now), moved = before - now;
        if (weighted != null)
        {
            float earlier = *sum == 0 ? 0 : factor * (*weighted + (moved * *sum));
            *weighted = earlier + Weigh(z, n, now);
        }

        *sum = (factor * *sum) + Exponentiate(z, n, p, now);
        *max = now;
        return factor;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static float Exponentiate(float* z, int n, float* p, float max)
    {
        Vector512<float> shift = Vector512.Create(max), sum = default;
        int i = 0;
        for (; i + 16 <= n; i += 16)
        {
            Vector512<float> e = VectorMath.Exp(Vector512.Load(z + i) - shift);
            e.Store(p + i);
            sum += e;
        }

        if (i < n)
        {
            Vector512<float> e = VectorMath.Exp(Vector512.Load(z + i) - shift) & VectorMath.LanesBelow(n - i);
            e.Store(p + i);
            sum += e;
        }

        return Vector512.Sum(sum);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static float Weigh(float* z, int n, float max)
    {
        Vector512<float> shift = Vector512.Create(max), sum = default;
        for (int i = 0; i < n; i += 16)
        {
            Vector512<float> log = Vector512.Load(z + i) - shift, term = VectorMath.Exp(log) * log;
            sum += i + 16 <= n ? term : term & VectorMath.LanesBelow(n - i);
        }

        return Vector512.Sum(sum);
    }
}
