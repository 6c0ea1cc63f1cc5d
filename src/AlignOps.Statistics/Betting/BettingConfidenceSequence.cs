namespace AlignOps.Statistics.Betting;

/// <summary>
/// One-sided bounds on the mean of values in [0, 1] that hold at every sample size at once with probability 1 − α: every mean that the betting test refuses lies outside.
/// The running intersection is taken, so a bound above 1/2 says what the crossing of the test against 1/2 says.
/// </summary>
public static class BettingConfidenceSequence
{
    /// <summary>The largest of <paramref name="gridSize"/> means of which, with all below it, "mean ≤ m" is refused; 0 where none is.</summary>
    public static double Lower(IReadOnlyList<double> values, double alpha, double truncation = 0.5, int gridSize = 1000) =>
        Bound(gridSize, mean => MeanTest.Greater(values, mean, alpha, truncation).Proven);

    /// <summary>The mirror image: the smallest mean of which, with all above it, "mean ≥ m" is refused; 1 where none is.</summary>
    public static double Upper(IReadOnlyList<double> values, double alpha, double truncation = 0.5, int gridSize = 1000) =>
        1 - Bound(gridSize, mean => MeanTest.Less(values, 1 - mean, alpha, truncation).Proven);

    private static double Bound(int gridSize, Func<double, bool> refused)
    {
        var bound = 0.0;
        for (var step = 1; step < gridSize; step++)
        {
            var mean = (double)step / gridSize;
            if (!refused(mean)) break;
            bound = mean;
        }

        return bound;
    }
}
