using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using AlignOps.Models.Cpu.Memory;

namespace AlignOps.Models.Cpu.Kernels;

/// <summary>y = γ·x / √(mean(x²) + ε) by row (Zhang and Sennrich 2019). Rows' padding must be zero, γ's too.</summary>
internal static unsafe class RmsNorm
{
    /// <summary>Writes y, and 1/√(mean(x²) + ε) of each row.</summary>
    public static void Forward(Matrix x, float* gamma, float epsilon, Matrix y, float* inverse)
    {
        for (int row = 0; row < x.Rows; row++)
        {
            inverse[row] = 1 / MathF.Sqrt((SumOfSquares(x.Row(row), x.Stride) / x.Width) + epsilon);
            Scale(x.Row(row), gamma, inverse[row], y.Row(row), x.Stride);
        }
    }

    /// <summary>y again, from the inverse that <see cref="Forward"/> kept.</summary>
    public static void Again(Matrix x, float* gamma, float* inverse, Matrix y)
    {
        for (int row = 0; row < x.Rows; row++)
        {
            Scale(x.Row(row), gamma, inverse[row], y.Row(row), x.Stride);
        }
    }

    /// <summary>dx = residual + ∂L/∂x, with x̂ = x·inverse: inverse·(γ·dy − x̂·mean(γ·dy·x̂)). The residual may be absent.</summary>
    public static void Backward(Matrix x, float* gamma, float* inverse, Matrix dy, Matrix residual, Matrix dx)
    {
        for (int row = 0; row < x.Rows; row++)
        {
            float* around = residual.IsEmpty ? null : residual.Row(row);
            BackwardRow(x.Row(row), gamma, inverse[row], dy.Row(row), around, dx.Row(row), x.Width, x.Stride);
        }
    }

    /// <summary>dγ += Σ over rows of dy·x̂, for 32 columns from <paramref name="column"/>; <paramref name="count"/> of them exist.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void WeightGradient(Matrix x, float* inverse, Matrix dy, int column, int count, float* gradient)
    {
        Vector512<float> left = default, right = default;
        for (int row = 0; row < x.Rows; row++)
        {
            Vector512<float> factor = Vector512.Create(inverse[row]);
            float* xs = x.Row(row) + column;
            float* dys = dy.Row(row) + column;
            left = Vector512.FusedMultiplyAdd(Vector512.Load(xs) * factor, Vector512.Load(dys), left);
            right = Vector512.FusedMultiplyAdd(Vector512.Load(xs + 16) * factor, Vector512.Load(dys + 16), right);
        }

        float* sums = stackalloc float[Matrix.Lane];
        left.Store(sums);
        right.Store(sums + 16);
        for (int i = 0; i < count; i++)
        {
            gradient[column + i] += sums[i];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static float SumOfSquares(float* x, int stride)
    {
        Vector512<float> even = default, odd = default;
        for (int i = 0; i < stride; i += Matrix.Lane)
        {
            Vector512<float> a = Vector512.Load(x + i), b = Vector512.Load(x + i + 16);
            even = Vector512.FusedMultiplyAdd(a, a, even);
            odd = Vector512.FusedMultiplyAdd(b, b, odd);
        }

        return Vector512.Sum(even + odd);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Scale(float* x, float* gamma, float inverse, float* y, int stride)
    {
        Vector512<float> factor = Vector512.Create(inverse);
        for (int i = 0; i < stride; i += 16)
        {
            (Vector512.Load(x + i) * factor * Vector512.Load(gamma + i)).Store(y + i);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void BackwardRow(float* x, float* gamma, float inverse, float* dy, float* residual, float* dx, int width, int stride)
    {
        Vector512<float> even = default, odd = default;
        for (int i = 0; i < stride; i += Matrix.Lane)
        {
            even = Vector512.FusedMultiplyAdd(Vector512.Load(gamma + i) * Vector512.Load(dy + i), Vector512.Load(x + i), even);
            odd = Vector512.FusedMultiplyAdd(Vector512.Load(gamma + i + 16) * Vector512.Load(dy + i + 16), Vector512.Load(x + i + 16), odd);
        }

        float mean = Vector512.Sum(even + odd) / width;
        Vector512<float> direct = Vector512.Create(inverse), along = Vector512.Create(-inverse * inverse * inverse * mean);
        for (int i = 0; i < stride; i += 16)
        {
            Vector512<float> d = Vector512.Load(gamma + i) * Vector512.Load(dy + i) * direct;
            d = Vector512.FusedMultiplyAdd(Vector512.Load(x + i), along, d);
            (residual == null ? d : Vector512.Load(residual + i) + d).Store(dx + i);
        }
    }
}
