namespace AlignOps.Statistics.Betting;

/// <summary>One-sided, anytime-valid tests of the mean of values in [0, 1], in the order given.</summary>
public static class MeanTest
{
    /// <summary>Evidence against "mean ≤ <paramref name="nullMean"/>".</summary>
    public static EProcessResult Greater(IReadOnlyList<double> values, double nullMean, double alpha, double truncation = 0.5, BettingRule rule = BettingRule.Kelly) =>
        Run(values, value => value, Create(nullMean, alpha, truncation, rule));

    /// <summary>The mirror test, evidence against "mean ≥ <paramref name="nullMean"/>": the same bets on 1 − x against 1 − m₀.</summary>
    public static EProcessResult Less(IReadOnlyList<double> values, double nullMean, double alpha, double truncation = 0.5, BettingRule rule = BettingRule.Kelly) =>
        Run(values, value => 1 - value, Create(1 - nullMean, alpha, truncation, rule));

    /// <summary>A process of this rule, for values that come one by one.</summary>
    public static IEProcess Create(double nullMean, double alpha, double truncation = 0.5, BettingRule rule = BettingRule.Kelly) =>
        rule == BettingRule.Mixture ? new MixtureEProcess(nullMean, alpha, truncation) : new BettingEProcess(nullMean, alpha, truncation);

    private static EProcessResult Run(IReadOnlyList<double> values, Func<double, double> seen, IEProcess process)
    {
        var sum = 0.0;
        foreach (var value in values)
        {
            process.Observe(seen(value));
            sum += value;
        }

        return new EProcessResult(values.Count == 0 ? 0 : sum / values.Count, process.LogValue, process.LogMaximum, process.Count, process.FirstCrossing);
    }
}
