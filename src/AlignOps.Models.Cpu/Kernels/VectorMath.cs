using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace AlignOps.Models.Cpu.Kernels;

/// <summary>Elementary functions on 16 lanes, relative error below 2e-7.</summary>
internal static class VectorMath
{
    /// <summary>eˣ by 2ⁿ·eʳ, |r| ≤ ln 2 / 2, with Cephes' polynomial; zero below −87, where fp32 leaves its normal range; NaN stays NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Exp(Vector512<float> x)
    {
        // x86 takes the second operand where one is NaN.
        Vector512<float> clamped = Vector512.MinNative(Vector512.Create(88f), Vector512.MaxNative(Vector512.Create(-87f), x));
        Vector512<float> n = Vector512.Round(clamped * Vector512.Create(1.44269504088896341f));
        Vector512<float> r = Vector512.FusedMultiplyAdd(n, Vector512.Create(-0.693359375f), clamped);
        r = Vector512.FusedMultiplyAdd(n, Vector512.Create(2.12194440e-4f), r);
        Vector512<float> p = Vector512.Create(1.9875691500e-4f);
        p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(1.3981999507e-3f));
        p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(8.3334519073e-3f));
        p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(4.1665795894e-2f));
        p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(1.6666665459e-1f));
        p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(5.0000001201e-1f));
        p = Vector512.FusedMultiplyAdd(p, r * r, r) + Vector512<float>.One;
        Vector512<int> power = (Vector512.ConvertToInt32Native(n) + Vector512.Create(127)) << 23;
        return Vector512.ConditionalSelect(Vector512.LessThan(x, Vector512.Create(-87f)), default, p * power.AsSingle());
    }

    /// <summary>1 / (1 + e⁻ˣ).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Sigmoid(Vector512<float> x) => Vector512<float>.One / (Vector512<float>.One + Exp(-x));

    /// <summary>All bits in the lanes below <paramref name="count"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> LanesBelow(int count) => Vector512.LessThan(Vector512<int>.Indices, Vector512.Create(count)).AsSingle();
}
