using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace AlignOps.Models.Cpu.Kernels;

/// <summary>Softmax over the first n of a row whose storage is whole vectors. Lanes are summed by index modulo 16, so trailing room changes nothing.</summary>
internal static unsafe class RowSoftmax
{
    /// <summary>log Σ exp z over n logits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static float LogSumExp(float* z, int n)
    {
        float max = Max(z, n);
        Vector512<float> shift = Vector512.Create(max), sum = default;
        int i = 0;
        for (; i + 16 <= n; i += 16)
        {
            sum += VectorMath.Exp(Vector512.Load(z + i) - shift);
        }

        if (i < n)
        {
            sum += VectorMath.Exp(Vector512.Load(z + i) - shift) & VectorMath.LanesBelow(n - i);
        }

        return max + MathF.Log(Vector512.Sum(sum));
    }

    /// <summary>z := exp(scale·(z − max z)) over n, zero from there to <paramref name="room"/>; gives their sum, and scale·max z.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static float Exponentiate(float* z, int n, int room, float scale, out float shifted)
    {
        float max = Max(z, n);
        Vector512<float> factor = Vector512.Create(scale), shift = Vector512.Create(-max * scale), sum = default;
        int i = 0;
        for (; i + 16 <= n; i += 16)
        {
            Vector512<float> p = VectorMath.Exp(Vector512.FusedMultiplyAdd(Vector512.Load(z + i), factor, shift));
            p.Store(z + i);
            sum += p;
        }

        if (i < n)
        {
            Vector512<float> p = VectorMath.Exp(Vector512.FusedMultiplyAdd(Vector512.Load(z + i), factor, shift)) & VectorMath.LanesBelow(n - i);
            p.Store(z + i);
            sum += p;
            i += 16;
        }

        for (; i < room; i += 16)
        {
            Vector512<float>.Zero.Store(z + i);
        }

        shifted = max * scale;
        return Vector512.Sum(sum);
    }

    /// <summary>z := weight·exp(scale·z − logSumExp) over n, zero from there to <paramref name="room"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Probabilities(float* z, int n, int room, float scale, float logSumExp, float weight)
    {
        Vector512<float> factor = Vector512.Create(scale), shift = Vector512.Create(-logSumExp), times = Vector512.Create(weight);
        int i = 0;
        for (; i < n; i += 16)
        {
            Vector512<float> p = VectorMath.Exp(Vector512.FusedMultiplyAdd(Vector512.Load(z + i), factor, shift)) * times;
            (i + 16 <= n ? p : p & VectorMath.LanesBelow(n - i)).Store(z + i);
        }

        for (; i < room; i += 16)
        {
            Vector512<float>.Zero.Store(z + i);
        }
    }

    /// <summary>
    /// The way back through a softmax over n scores z, whose log Σ exp(scale·z) is known and whose probabilities' gradients are g: z := p, g := scale·p·(g − Σ p·g),
    /// both zero from n to <paramref name="room"/>.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Backward(float* z, float* g, int n, int room, float scale, float logSumExp)
    {
        Vector512<float> factor = Vector512.Create(scale), shift = Vector512.Create(-logSumExp), sum = default;
        int i = 0;
        for (; i + 16 <= n; i += 16)
        {
            Vector512<float> p = VectorMath.Exp(Vector512.FusedMultiplyAdd(Vector512.Load(z + i), factor, shift));
            sum = Vector512.FusedMultiplyAdd(p, Vector512.Load(g + i), sum);
            p.Store(z + i);
        }

        if (i < n)
        {
            Vector512<float> p = VectorMath.Exp(Vector512.FusedMultiplyAdd(Vector512.Load(z + i), factor, shift)) & VectorMath.LanesBelow(n - i);
            sum = Vector512.FusedMultiplyAdd(p, Vector512.Load(g + i), sum);
            p.Store(z + i);
        }

        Vector512<float> mean = Vector512.Create(Vector512.Sum(sum));
        for (i = 0; i < n; i += 16)
        {
            (Vector512.Load(z + i) * factor * (Vector512.Load(g + i) - mean)).Store(g + i);
        }

        for (; i < room; i += 16)
        {
            Vector512<float>.Zero.Store(z + i);
            Vector512<float>.Zero.Store(g + i);
        }
    }

    /// <summary>The highest of n logits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static float Max(float* z, int n)
    {
        Vector512<float> max = Vector512.Create(float.NegativeInfinity);
        int i = 0;
        for (; i + 16 <= n; i += 16)
        {
            max = Vector512.MaxNative(max, Vector512.Load(z + i));
        }

        if (i < n)
        {
            max = Vector512.MaxNative(max, Vector512.ConditionalSelect(VectorMath.LanesBelow(n - i), Vector512.Load(z + i), max));
        }

        return VectorMath.Highest(max);
    }
}
