namespace AlignOps.Statistics.Betting;

/// <summary>
/// One-sided bounds on the mean of values in [0, 1] that hold at every sample size at once with probability 1 − α: every mean that the betting test refuses lies outside.
/// The running intersection is taken, so a bound above 1/2 says what the crossing of the test against 1/2 says.
/// </summary>
public static class BettingConfidenceSequence
{
    /// <summary>The largest of <paramref name="gridSize"/> means of which, with all below it, "mean ≤ m" is refused; 0 where none is.</summary>
    public static double Lower(IReadOnlyList<double> values, double alpha, double truncation = 0.5, int gridSize = 1000, BettingRule rule = BettingRule.Kelly) =>
        Bound(values, value => value, nullMean => MeanTest.Create(nullMean, alpha, truncation, rule), gridSize);

    /// <summary>The mirror image: the smallest mean of which, with all above it, "mean ≥ m" is refused; 1 where none is.</summary>
    public static double Upper(IReadOnlyList<double> values, double alpha, double truncation = 0.5, int gridSize = 1000, BettingRule rule = BettingRule.Kelly) =>
        1 - Bound(values, value => 1 - value, nullMean => MeanTest.Create(nullMean, alpha, truncation, rule), gridSize);

    /// <summary>Of the mean over a suite of <paramref name="size"/> items, of which these were drawn in random order without replacement.</summary>
    public static double LowerOfSuite(IReadOnlyList<double> values, int size, double alpha, double truncation = 0.5, int gridSize = 1000) =>
        Bound(values, value => value, nullMean => new FiniteSuiteEProcess(size, nullMean, alpha, truncation), gridSize);

    /// <summary>The mirror image.</summary>
    public static double UpperOfSuite(IReadOnlyList<double> values, int size, double alpha, double truncation = 0.5, int gridSize = 1000) =>
        1 - Bound(values, value => 1 - value, nullMean => new FiniteSuiteEProcess(size, nullMean, alpha, truncation), gridSize);

    private static double Bound(IReadOnlyList<double> values, Func<double, double> seen, Func<double, IEProcess> test, int gridSize)
    {
        var bound = 0.0;
        for (var step = 1; step < gridSize; step++)
        {
            var process = test((double)step / gridSize);
            for (var i = 0; i < values.Count && process.FirstCrossing is null; i++) process.Observe(seen(values[i]));
            if (process.FirstCrossing is null) break;
            bound = (double)step / gridSize;
        }

        return bound;
    }
}
