using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using AlignOps.Models.Cpu.Memory;

namespace AlignOps.Models.Cpu.Kernels;

/// <summary>Kernels that touch each element of padded rows once.</summary>
internal static unsafe class Elementwise
{
    public static void Copy(Matrix from, Matrix to) =>
        Buffer.MemoryCopy(from.Data, to.Data, sizeof(float) * (long)from.Rows * from.Stride, sizeof(float) * (long)from.Rows * from.Stride);

    public static void Clear(float* data, long length) => new Span<float>(data, checked((int)length)).Clear();

    /// <summary>SwiGLU (Shazeer 2020): y = silu(gate)·up.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void SwiGlu(Matrix gate, Matrix up, Matrix y)
    {
        float* g = gate.Data, u = up.Data, to = y.Data;
        nint length = (nint)gate.Rows * gate.Stride;
        for (nint i = 0; i < length; i += 16)
        {
            Vector512<float> x = Vector512.Load(g + i);
            (x * VectorMath.Sigmoid(x) * Vector512.Load(u + i)).Store(to + i);
        }
    }

    /// <summary>Given dy: dgate = dy·up·σ(1 + gate·(1 − σ)), dup = dy·silu(gate), and y again.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void SwiGluBackward(Matrix gate, Matrix up, Matrix dy, Matrix dgate, Matrix dup, Matrix y)
    {
        float* g = gate.Data, u = up.Data, d = dy.Data, toGate = dgate.Data, toUp = dup.Data, to = y.Data;
        nint length = (nint)gate.Rows * gate.Stride;
        for (nint i = 0; i < length; i += 16)
        {
            Vector512<float> x = Vector512.Load(g + i), v = Vector512.Load(u + i), above = Vector512.Load(d + i);
            Vector512<float> sigma = VectorMath.Sigmoid(x);
            Vector512<float> silu = x * sigma;
            Vector512<float> slope = Vector512.FusedMultiplyAdd(silu, Vector512<float>.One - sigma, sigma);
            (above * v * slope).Store(toGate + i);
            (above * silu).Store(toUp + i);
            (silu * v).Store(to + i);
        }
    }

    /// <summary>y[0..length) += x[0..length).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Add(float* x, float* y, int length)
    {
        int i = 0;
        for (; i + 16 <= length; i += 16)
        {
            (Vector512.Load(y + i) + Vector512.Load(x + i)).Store(y + i);
        }

        for (; i < length; i++)
        {
            y[i] += x[i];
        }
    }

    /// <summary>Σ x·y over [0, length).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static float Dot(float* x, float* y, int length)
    {
        Vector512<float> sum = default;
        int i = 0;
        for (; i + 16 <= length; i += 16)
        {
            sum = Vector512.FusedMultiplyAdd(Vector512.Load(x + i), Vector512.Load(y + i), sum);
        }

        float total = Vector512.Sum(sum);
        for (; i < length; i++)
        {
            total += x[i] * y[i];
        }

        return total;
    }
}
