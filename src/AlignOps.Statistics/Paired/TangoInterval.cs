using AlignOps.Statistics.Distributions;
using AlignOps.Statistics.Intervals;

namespace AlignOps.Statistics.Paired;

/// <summary>
/// The score interval of a difference of two pass rates on the same items (Tango, "Equivalence test and confidence interval for the difference in proportions for the
/// paired-sample design", 1998): sound where few items differ, where the normal interval of <see cref="McNemarTest"/> is not.
/// </summary>
public static class TangoInterval
{
    /// <param name="lost">Items the first passed and the second failed.</param>
    /// <param name="won">Items the first failed and the second passed.</param>
    /// <returns>Bounds of (won − lost)/count in the population.</returns>
    public static Interval Of(int lost, int won, int count, double confidence = 0.95)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(lost + won, count);
        if (count == 0) return new Interval(-1, 1);

        var z = NormalDistribution.Quantile(0.5 + confidence / 2);
        var difference = (double)(won - lost) / count;
        return new Interval(
            Bisection.Solve(at => -Score(lost, won, count, at), -z, -1, difference),
            Bisection.Solve(at => -Score(lost, won, count, at), z, difference, 1));
    }

    /// <summary>How many standard errors the difference seen lies above one supposed, the nuisance rate at its likeliest under that.</summary>
    internal static double Score(int lost, int won, int count, double difference)
    {
        double n = count, a = 2 * n;
        var b = -won - lost + (2 * n - won + lost) * difference;
        var c = -lost * difference * (1 - difference);
        var rate = (Math.Sqrt(Math.Max(0, b * b - 4 * a * c)) - b) / (2 * a);
        var variance = n * (2 * rate + difference * (1 - difference));
        var gap = won - lost - n * difference;
        return variance > 0 ? gap / Math.Sqrt(variance) : gap == 0 ? 0 : Math.Sign(gap) * double.MaxValue;
    }
}
