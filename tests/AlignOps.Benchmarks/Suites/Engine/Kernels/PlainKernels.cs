using System.Runtime.CompilerServices;
using AlignOps.Models.Cpu.Kernels;
using AlignOps.Models.Cpu.Memory;
using AlignOps.Training.Optimization;

namespace AlignOps.Benchmarks.Suites.Engine.Kernels;

/// <summary>What each kernel computes, as one would write it down first: the oracle and the measure of what a kernel is worth.</summary>
internal static unsafe class PlainKernels
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Product(Matrix a, Matrix b, Matrix c)
    {
        for (int row = 0; row < a.Rows; row++)
        {
            new Span<float>(c.Row(row), c.Width).Clear();
            for (int k = 0; k < a.Width; k++)
            {
                float x = a.Row(row)[k];
                for (int column = 0; column < b.Width; column++)
                {
                    c.Row(row)[column] += x * b.Row(k)[column];
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddTransposedProduct(Matrix left, Matrix right, Matrix sum)
    {
        for (int row = 0; row < left.Rows; row++)
        {
            for (int i = 0; i < left.Width; i++)
            {
                float x = left.Row(row)[i];
                for (int j = 0; j < right.Width; j++)
                {
                    sum.Row(i)[j] += x * right.Row(row)[j];
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void PackTransposed(Matrix w, Matrix strips)
    {
        for (int row = 0; row < w.Rows; row++)
        {
            for (int column = 0; column < w.Width; column++)
            {
                strips.Data[(((nint)(row / PackedMatrix.Strip) * w.Width) + column) * strips.Stride + (row % PackedMatrix.Strip)] = w.Row(row)[column];
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Norm(Matrix x, float* gamma, float epsilon, Matrix y)
    {
        for (int row = 0; row < x.Rows; row++)
        {
            float inverse = Inverse(x, row, epsilon);
            for (int i = 0; i < x.Width; i++)
            {
                y.Row(row)[i] = x.Row(row)[i] * inverse * gamma[i];
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void NormBackward(Matrix x, float* gamma, float epsilon, Matrix dy, Matrix dx)
    {
        for (int row = 0; row < x.Rows; row++)
        {
            float inverse = Inverse(x, row, epsilon), mean = 0;
            for (int i = 0; i < x.Width; i++)
            {
                mean += gamma[i] * dy.Row(row)[i] * x.Row(row)[i] * inverse / x.Width;
            }

            for (int i = 0; i < x.Width; i++)
            {
                dx.Row(row)[i] = inverse * ((gamma[i] * dy.Row(row)[i]) - (x.Row(row)[i] * inverse * mean));
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Rotate(Matrix x, int headDim, float[] frequencies, int period)
    {
        int half = headDim / 2;
        for (int row = 0; row < x.Rows; row++)
        {
            for (int i = 0; i < x.Width; i++)
            {
                int within = i % headDim;
                if (within < half)
                {
                    (float sin, float cos) = MathF.SinCos(row % period * frequencies[within]);
                    (float low, float high) = (x.Row(row)[i], x.Row(row)[i + half]);
                    (x.Row(row)[i], x.Row(row)[i + half]) = ((low * cos) - (high * sin), (high * cos) + (low * sin));
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Gate(Matrix gate, Matrix up, Matrix y)
    {
        for (nint i = 0; i < (nint)gate.Rows * gate.Stride; i++)
        {
            y.Data[i] = gate.Data[i] / (1 + MathF.Exp(-gate.Data[i])) * up.Data[i];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void GateBackward(Matrix gate, Matrix up, Matrix dy, Matrix dgate, Matrix dup, Matrix y)
    {
        for (nint i = 0; i < (nint)gate.Rows * gate.Stride; i++)
        {
            float x = gate.Data[i], sigma = 1 / (1 + MathF.Exp(-x));
            dgate.Data[i] = dy.Data[i] * up.Data[i] * sigma * (1 + (x * (1 - sigma)));
            dup.Data[i] = dy.Data[i] * x * sigma;
            y.Data[i] = x * sigma * up.Data[i];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void LogSumExp(Matrix z, float* found)
    {
        for (int row = 0; row < z.Rows; row++)
        {
            float max = new ReadOnlySpan<float>(z.Row(row), z.Width)[0], sum = 0;
            for (int i = 1; i < z.Width; i++)
            {
                max = MathF.Max(max, z.Row(row)[i]);
            }

            for (int i = 0; i < z.Width; i++)
            {
                sum += MathF.Exp(z.Row(row)[i] - max);
            }

            found[row] = max + MathF.Log(sum);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Probabilities(Matrix z, float logSumExp, float weight)
    {
        for (nint i = 0; i < (nint)z.Rows * z.Stride; i++)
        {
            z.Data[i] = weight * MathF.Exp(z.Data[i] - logSumExp);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Adam(Span<float> w, Span<float> g, float[] first, float[] second, int step, AdamWOptions options, double rate)
    {
        float beta1 = (float)options.Beta1, beta2 = (float)options.Beta2;
        float correction1 = 1 - MathF.Pow(beta1, step), correction2 = 1 - MathF.Pow(beta2, step);
        for (int i = 0; i < w.Length; i++)
        {
            first[i] = (beta1 * first[i]) + ((1 - beta1) * g[i]);
            second[i] = (beta2 * second[i]) + ((1 - beta2) * g[i] * g[i]);
            w[i] -= (float)rate * ((first[i] / correction1 / (MathF.Sqrt(second[i] / correction2) + (float)options.Epsilon)) + ((float)options.WeightDecay * w[i]));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float Inverse(Matrix x, int row, float epsilon)
    {
        float sum = 0;
        for (int i = 0; i < x.Width; i++)
        {
            sum += x.Row(row)[i] * x.Row(row)[i];
        }

        return 1 / MathF.Sqrt((sum / x.Width) + epsilon);
    }
}
