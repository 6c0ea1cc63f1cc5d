using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using AlignOps.Models.Cpu.Memory;

namespace AlignOps.Models.Cpu.Kernels;

/// <summary>RMS norm of each head of a row, γ [head dim] being the same for all of them (Qwen3's q_norm and k_norm). Heads stand close together, so nothing here reads past one.</summary>
internal static unsafe class HeadNorm
{
    /// <summary>y = γ·x / √(mean(x²) + ε) by head, and the inverse root of each, [rows, heads].</summary>
    public static void Forward(Matrix x, int headDim, float* gamma, float epsilon, Matrix y, float* inverse)
    {
        int heads = x.Width / headDim;
        for (int row = 0; row < x.Rows; row++)
        {
            for (int head = 0; head < heads; head++)
            {
                float* from = x.Row(row) + (head * headDim);
                float factor = 1 / MathF.Sqrt((Elementwise.Dot(from, from, headDim) / headDim) + epsilon);
                inverse[((nint)row * heads) + head] = factor;
                Scale(from, gamma, factor, y.Row(row) + (head * headDim), headDim);
            }
        }
    }

    /// <summary>dx = inverse·(γ·dy − x̂·mean(γ·dy·x̂)) by head, x̂ = x·inverse. dx may be dy.</summary>
    public static void Backward(Matrix x, int headDim, float* gamma, float* inverse, Matrix dy, Matrix dx)
    {
        int heads = x.Width / headDim;
        for (int row = 0; row < x.Rows; row++)
        {
            for (int head = 0; head < heads; head++)
            {
                int at = head * headDim;
                BackwardHead(x.Row(row) + at, gamma, inverse[((nint)row * heads) + head], dy.Row(row) + at, dx.Row(row) + at, headDim);
            }
        }
    }

    /// <summary>dγ += Σ over rows and heads of dy·x̂, rows in order.</summary>
    public static void WeightGradient(Matrix x, int headDim, float* inverse, Matrix dy, float* gradient)
    {
        int heads = x.Width / headDim;
        float* sum = stackalloc float[headDim];
        Elementwise.Clear(sum, headDim);
        for (int row = 0; row < x.Rows; row++)
        {
            for (int head = 0; head < heads; head++)
            {
                int at = head * headDim;
                AddProduct(x.Row(row) + at, inverse[((nint)row * heads) + head], dy.Row(row) + at, sum, headDim);
            }
        }

        Elementwise.Add(sum, gradient, headDim);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Scale(float* x, float* gamma, float factor, float* y, int length)
    {
        Vector512<float> times = Vector512.Create(factor);
        int i = 0;
        for (; i + 16 <= length; i += 16)
        {
            (Vector512.Load(x + i) * times * Vector512.Load(gamma + i)).Store(y + i);
        }

        for (; i < length; i++)
        {
            y[i] = x[i] * factor * gamma[i];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void BackwardHead(float* x, float* gamma, float inverse, float* dy, float* dx, int length)
    {
        Vector512<float> sum = default;
        int whole = length & -16;
        for (int i = 0; i < whole; i += 16)
        {
            sum = Vector512.FusedMultiplyAdd(Vector512.Load(gamma + i) * Vector512.Load(dy + i), Vector512.Load(x + i), sum);
        }

        float total = Vector512.Sum(sum);
        for (int i = whole; i < length; i++)
        {
            total += gamma[i] * dy[i] * x[i];
        }

        float along = -inverse * inverse * inverse * total / length;
        Vector512<float> direct = Vector512.Create(inverse), back = Vector512.Create(along);
        for (int i = 0; i < whole; i += 16)
        {
            Vector512.FusedMultiplyAdd(Vector512.Load(x + i), back, Vector512.Load(gamma + i) * Vector512.Load(dy + i) * direct).Store(dx + i);
        }

        for (int i = whole; i < length; i++)
        {
            dx[i] = (gamma[i] * dy[i] * inverse) + (x[i] * along);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void AddProduct(float* x, float inverse, float* dy, float* sum, int length)
    {
        Vector512<float> factor = Vector512.Create(inverse);
        int i = 0;
        for (; i + 16 <= length; i += 16)
        {
            Vector512.FusedMultiplyAdd(Vector512.Load(x + i) * factor, Vector512.Load(dy + i), Vector512.Load(sum + i)).Store(sum + i);
        }

        for (; i < length; i++)
        {
            sum[i] += x[i] * inverse * dy[i];
        }
    }
}
