namespace AlignOps.Statistics.Betting;

/// <summary>
/// One-sided bounds on the mean of values in [0, 1] that hold at every sample size at once with probability 1 − α: every mean that the betting test refuses lies outside.
/// The running intersection is taken, so a bound above 1/2 says what the crossing of the test against 1/2 says.
/// </summary>
public static class BettingConfidenceSequence
{
    /// <summary>The largest of <paramref name="gridSize"/> means of which, with all below it, "mean ≤ m" is refused; 0 where none is.</summary>
    public static double Lower(IReadOnlyList<double> values, double alpha, double truncation = 0.5, int gridSize = 1000, BettingRule rule = BettingRule.Kelly) =>
        Bound(values, value => value, alpha, truncation, gridSize, rule);

    /// <summary>The mirror image: the smallest mean of which, with all above it, "mean ≥ m" is refused; 1 where none is.</summary>
    public static double Upper(IReadOnlyList<double> values, double alpha, double truncation = 0.5, int gridSize = 1000, BettingRule rule = BettingRule.Kelly) =>
        1 - Bound(values, value => 1 - value, alpha, truncation, gridSize, rule);

    private static double Bound(IReadOnlyList<double> values, Func<double, double> seen, double alpha, double truncation, int gridSize, BettingRule rule)
    {
        var bound = 0.0;
        for (var step = 1; step < gridSize; step++)
        {
            var process = MeanTest.Create((double)step / gridSize, alpha, truncation, rule);
            for (var i = 0; i < values.Count && process.FirstCrossing is null; i++) process.Observe(seen(values[i]));
            if (process.FirstCrossing is null) break;
            bound = (double)step / gridSize;
        }

        return bound;
    }
}
