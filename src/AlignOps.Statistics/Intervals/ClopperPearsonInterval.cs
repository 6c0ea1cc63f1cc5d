using AlignOps.Statistics.Distributions;

namespace AlignOps.Statistics.Intervals;

/// <summary>The exact interval of a proportion (Clopper and Pearson, 1934): covers at least as often as it says, for every count.</summary>
public static class ClopperPearsonInterval
{
    /// <param name="confidence">Two-sided: each side errs with at most half of the rest.</param>
    public static Interval Of(int successes, int count, double confidence = 0.95)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(successes);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(successes, count);
        var tail = (1 - confidence) / 2;
        return new Interval(Lower(successes, count, tail), Upper(successes, count, tail));
    }

    /// <summary>One-sided lower bound that errs with probability at most <paramref name="tail"/>.</summary>
    public static double Lower(int successes, int count, double tail) => successes == 0 ? 0 : BetaDistribution.Quantile(tail, successes, count - successes + 1);

    /// <summary>One-sided upper bound, likewise.</summary>
    public static double Upper(int successes, int count, double tail) => successes == count ? 1 : BetaDistribution.Quantile(1 - tail, successes + 1, count - successes);
}
