using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using AlignOps.Models.Cpu.Memory;
using AlignOps.Models.Cpu.Threading;

namespace AlignOps.Benchmarks.Suites.Engine.Kernels;

/// <summary>What one core of this machine can do at most, measured now.</summary>
/// <param name="Flops">Multiply-adds on registers alone, counted as two each, a second.</param>
/// <param name="Read">Bytes a second read from more memory than a cache holds. A kernel that writes what it has just read can move more.</param>
/// <param name="ReadByAll">The same by all cores at once.</param>
internal sealed unsafe record MachineLimits(double Flops, double Read, double ReadByAll)
{
    private const int Steps = 1 << 20;
    private const int Chains = 10;
    private const int Floats = 1 << 26;

    public static MachineLimits Measure()
    {
        int lanes = Vector512.IsHardwareAccelerated ? 16 : 8;
        double arithmetic = Timing.Best(() => Keep(lanes == 16 ? Chains512(Steps) : Chains256(Steps)));
        var memory = new AlignedBuffer(Floats);
        memory.Span.Fill(1);
        double alone = Timing.Best(() => Keep(Sum(memory.Pointer, Floats)), 0.5);
        var pool = new WorkerPool(Environment.ProcessorCount);
        int share = Floats / pool.Threads & -128;
        double together = Timing.Best(() => pool.Run(pool.Threads, (task, _) => Keep(Sum(memory.Pointer + ((nint)task * share), share))), 0.5);
        GC.KeepAlive(memory);
        return new MachineLimits(
            2.0 * Steps * Chains * lanes / arithmetic, sizeof(float) * (double)Floats / alone, sizeof(float) * (double)share * pool.Threads / together);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Keep(float value)
    {
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static float Chains256(int steps)
    {
        Vector256<float> x = Vector256.Create(0.999f), y = Vector256.Create(0.001f);
        Vector256<float> a = x, b = x, c = x, d = x, e = x, f = x, g = x, h = x, i = x, j = x;
        for (int step = 0; step < steps; step++)
        {
            (a, b) = (Vector256.FusedMultiplyAdd(a, x, y), Vector256.FusedMultiplyAdd(b, x, y));
            (c, d) = (Vector256.FusedMultiplyAdd(c, x, y), Vector256.FusedMultiplyAdd(d, x, y));
            (e, f) = (Vector256.FusedMultiplyAdd(e, x, y), Vector256.FusedMultiplyAdd(f, x, y));
            (g, h) = (Vector256.FusedMultiplyAdd(g, x, y), Vector256.FusedMultiplyAdd(h, x, y));
            (i, j) = (Vector256.FusedMultiplyAdd(i, x, y), Vector256.FusedMultiplyAdd(j, x, y));
        }

        return Vector256.Sum(a + b + c + d + e + f + g + h + i + j);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static float Chains512(int steps)
    {
        Vector512<float> x = Vector512.Create(0.999f), y = Vector512.Create(0.001f);
        Vector512<float> a = x, b = x, c = x, d = x, e = x, f = x, g = x, h = x, i = x, j = x;
        for (int step = 0; step < steps; step++)
        {
            (a, b) = (Vector512.FusedMultiplyAdd(a, x, y), Vector512.FusedMultiplyAdd(b, x, y));
            (c, d) = (Vector512.FusedMultiplyAdd(c, x, y), Vector512.FusedMultiplyAdd(d, x, y));
            (e, f) = (Vector512.FusedMultiplyAdd(e, x, y), Vector512.FusedMultiplyAdd(f, x, y));
            (g, h) = (Vector512.FusedMultiplyAdd(g, x, y), Vector512.FusedMultiplyAdd(h, x, y));
            (i, j) = (Vector512.FusedMultiplyAdd(i, x, y), Vector512.FusedMultiplyAdd(j, x, y));
        }

        return Vector512.Sum(a + b + c + d + e + f + g + h + i + j);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static float Sum(float* from, int length)
    {
        // Four streams: one alone does not keep memory busy.
        int quarter = length / 4;
        float* second = from + quarter, third = second + quarter, fourth = third + quarter;
        Vector256<float> a = default, b = default, c = default, d = default;
        for (int i = 0; i < quarter; i += 16)
        {
            a += Vector256.Load(from + i) + Vector256.Load(from + i + 8);
            b += Vector256.Load(second + i) + Vector256.Load(second + i + 8);
            c += Vector256.Load(third + i) + Vector256.Load(third + i + 8);
            d += Vector256.Load(fourth + i) + Vector256.Load(fourth + i + 8);
        }

        return Vector256.Sum(a + b + c + d);
    }
}
