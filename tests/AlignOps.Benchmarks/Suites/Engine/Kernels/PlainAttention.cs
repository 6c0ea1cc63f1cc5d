using System.Runtime.CompilerServices;
using AlignOps.Models.Cpu.Memory;

namespace AlignOps.Benchmarks.Suites.Engine.Kernels;

/// <summary>Causal attention of whole sequences of one length, every probability written down.</summary>
internal static unsafe class PlainAttention
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Forward(Matrix q, Matrix k, Matrix v, int length, int headDim, Matrix o)
    {
        for (int at = 0; at < q.Rows; at++)
        {
            for (int head = 0; head < q.Width / headDim; head++)
            {
                int keyAt = head / (q.Width / k.Width) * headDim, first = at / length * length;
                float[] p = Weights(q.Row(at) + (head * headDim), k, first, at, keyAt, headDim);
                float* to = o.Row(at) + (head * headDim);
                new Span<float>(to, headDim).Clear();
                for (int key = first; key <= at; key++)
                {
                    for (int i = 0; i < headDim; i++)
                    {
                        to[i] += p[key - first] * v.Row(key)[keyAt + i];
                    }
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Backward(Matrix q, Matrix k, Matrix v, Matrix o, Matrix dO, int length, int headDim, Matrix dq, Matrix dk, Matrix dv)
    {
        foreach (Matrix gradient in new[] { dq, dk, dv })
        {
            new Span<float>(gradient.Data, gradient.Rows * gradient.Stride).Clear();
        }

        float scale = 1 / MathF.Sqrt(headDim);
        for (int at = 0; at < q.Rows; at++)
        {
            for (int head = 0; head < q.Width / headDim; head++)
            {
                int keyAt = head / (q.Width / k.Width) * headDim, first = at / length * length, here = head * headDim;
                float[] p = Weights(q.Row(at) + here, k, first, at, keyAt, headDim);
                float own = Dot(o.Row(at) + here, dO.Row(at) + here, headDim);
                for (int key = first; key <= at; key++)
                {
                    float ds = scale * p[key - first] * (Dot(dO.Row(at) + here, v.Row(key) + keyAt, headDim) - own);
                    for (int i = 0; i < headDim; i++)
                    {
                        dq.Row(at)[here + i] += ds * k.Row(key)[keyAt + i];
                        dk.Row(key)[keyAt + i] += ds * q.Row(at)[here + i];
                        dv.Row(key)[keyAt + i] += p[key - first] * dO.Row(at)[here + i];
                    }
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float[] Weights(float* q, Matrix k, int first, int last, int keyAt, int headDim)
    {
        var p = new float[last - first + 1];
        float scale = 1 / MathF.Sqrt(headDim), max = float.NegativeInfinity, sum = 0;
        for (int key = first; key <= last; key++)
        {
            p[key - first] = scale * Dot(q, k.Row(key) + keyAt, headDim);
            max = MathF.Max(max, p[key - first]);
        }

        for (int i = 0; i < p.Length; i++)
        {
            sum += p[i] = MathF.Exp(p[i] - max);
        }

        for (int i = 0; i < p.Length; i++)
        {
            p[i] /= sum;
        }

        return p;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float Dot(float* x, float* y, int length)
    {
        float sum = 0;
        for (int i = 0; i < length; i++)
        {
            sum += x[i] * y[i];
        }

        return sum;
    }
}
