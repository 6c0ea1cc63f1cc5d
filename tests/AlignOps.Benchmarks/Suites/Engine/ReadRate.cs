using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using AlignOps.Models.Cpu.Memory;
using AlignOps.Models.Cpu.Threading;

namespace AlignOps.Benchmarks.Suites.Engine;

/// <summary>How fast this machine's cores read memory together: the limit of a token's time.</summary>
internal sealed unsafe class ReadRate(WorkerPool pool)
{
    private const int Floats = 1 << 27;
    private const int Parts = 64;
    private const int Ahead = 1024;

    private readonly AlignedBuffer _memory = Filled();
    private readonly float[] _sums = new float[Parts];

    /// <summary>Bytes a second, the best of some passes over half a GiB, with and without asking ahead.</summary>
    public double Measure(int passes = 3)
    {
        double best = 0;
        for (int pass = 0; pass < 2 * passes; pass++)
        {
            int ahead = pass % 2 == 0 ? Ahead : 0;
            long started = Stopwatch.GetTimestamp();
            pool.Run(Parts, (part, _) => _sums[part] = Sum(_memory.Pointer + ((long)part * (Floats / Parts)), Floats / Parts, ahead));
            best = Math.Max(best, (double)Floats * sizeof(float) / Stopwatch.GetElapsedTime(started).TotalSeconds);
        }

        GC.KeepAlive(_memory);
        return best;
    }

    private static AlignedBuffer Filled()
    {
        var memory = new AlignedBuffer(Floats);
        memory.Span.Fill(1);
        return memory;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static float Sum(float* from, long count, int ahead)
    {
        Vector256<float> a = default, b = default, c = default, d = default;
        for (float* end = from + count; from < end; from += 32)
        {
            if (Sse.IsSupported && ahead > 0)
            {
                Sse.Prefetch0((byte*)from + ahead);
                Sse.Prefetch0((byte*)from + ahead + 64);
            }

            a += Vector256.Load(from);
            b += Vector256.Load(from + 8);
            c += Vector256.Load(from + 16);
            d += Vector256.Load(from + 24);
        }

        return Vector256.Sum(a + b + c + d);
    }
}
