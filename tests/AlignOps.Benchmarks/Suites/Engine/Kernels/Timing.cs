using System.Diagnostics;

namespace AlignOps.Benchmarks.Suites.Engine.Kernels;

internal static class Timing
{
    /// <summary>The shortest of the runs that fit into a while, after two that do not count. A machine shared with others shows its own speed in its best run.</summary>
    public static double Best(Action run, double seconds = 0.2)
    {
        run();
        run();
        double best = double.MaxValue;
        long begun = Stopwatch.GetTimestamp();
        do
        {
            long started = Stopwatch.GetTimestamp();
            run();
            best = Math.Min(best, Stopwatch.GetElapsedTime(started).TotalSeconds);
        }
        while (Stopwatch.GetElapsedTime(begun).TotalSeconds < seconds);

        return best;
    }

    /// <summary>One run.</summary>
    public static double Once(Action run)
    {
        long started = Stopwatch.GetTimestamp();
        run();
        return Stopwatch.GetElapsedTime(started).TotalSeconds;
    }
}
