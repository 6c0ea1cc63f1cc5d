namespace AlignOps.Statistics.Betting;

/// <summary>Anytime-valid evidence that a rate of failures is above a limit, from two counts alone.</summary>
public static class RateTest
{
    /// <summary>
    /// ln E of "the rate is at most <paramref name="limit"/>", E the likelihood ratio against the limit averaged evenly over all rates above it. Each of these ratios
    /// is a supermartingale while the rate is at most the limit, so E ever reaches 1/α with probability at most α. In closed form, with k of n failed and the limit p:
    /// E = B(k+1, n−k+1) · P(Bin(n+1, p) ≤ k) / ((1−p) · pᵏ · (1−p)ⁿ⁻ᵏ).
    /// </summary>
    /// <param name="limit">In (0, 1); a limit of 1 is never exceeded and gives 0.</param>
    public static double LogEvidence(long failures, long count, double limit)
    {
        if (!(limit > 0 && limit <= 1)) throw new ArgumentOutOfRangeException(nameof(limit), limit, "Expected a rate above 0 and at most 1.");
        if (failures < 0 || failures > count) throw new ArgumentOutOfRangeException(nameof(failures), failures, "Expected a count from 0 to the number of trials.");
        if (limit == 1 || count == 0) return 0;

        var odds = Math.Log(limit) - Math.Log(1 - limit);
        var choose = 0.0;
        var term = (count + 1) * Math.Log(1 - limit);
        var tail = term;
        for (long i = 0; i < failures; i++)
        {
            choose += Math.Log(count - i) - Math.Log(i + 1);
            term += Math.Log(count + 1 - i) - Math.Log(i + 1) + odds;
            tail = Math.Max(tail, term) + Math.Log(1 + Math.Exp(-Math.Abs(tail - term)));
        }

        var beta = -Math.Log(count + 1) - choose;
        return beta + tail - Math.Log(1 - limit) - failures * Math.Log(limit) - (count - failures) * Math.Log(1 - limit);
    }
}
