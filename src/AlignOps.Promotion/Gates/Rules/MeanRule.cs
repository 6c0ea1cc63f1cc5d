using AlignOps.Statistics.Betting;
using AlignOps.Statistics.Planning;

namespace AlignOps.Promotion.Gates.Rules;

/// <summary>
/// A rule about the mean of the units' values, tested by betting: a requirement proves it above its bound, an alarm proves it below.
/// </summary>
/// <param name="Bound">In the units of the metric.</param>
/// <param name="Difference">The metric is a difference in [−1, 1] that the values hold as (d + 1)/2; otherwise it is their mean.</param>
internal sealed record MeanRule(string Name, RuleKind Kind, string Metric, double Bound, double Alpha, bool Difference)
{
    /// <summary>Win rates against 1/2: a mixture of prudent bets tells soonest, and what it says does not depend on the order of the items.</summary>
    private bool AgainstEqual => !Difference && Bound == 0.5;

    /// <summary>
    /// The share of the capital at risk in a bet. Guards test values that hardly vary (most differences are 0) against a bound close below, where a bet can win only as much as
    /// the margin: at one half, 120 items without a single loss would not prove a margin of 0.05.
    /// </summary>
    private double Truncation => AgainstEqual ? 0.5 : 0.9;

    private BettingRule Bets => AgainstEqual ? BettingRule.Mixture : BettingRule.Kelly;

    public RuleResult Apply(IReadOnlyList<double> values, int minItems)
    {
        if (values.Count < minItems)
        {
            return Result(RuleVerdict.Undecided, values.Count == 0 ? null : OnScale(values.Average()), values.Count, null, $"{Metric} rests on n = {values.Count}; the gate decides from {minItems} on.");
        }

        var nullMean = Difference ? (Bound + 1) / 2 : Bound;
        var test = Kind == RuleKind.Requirement ? MeanTest.Greater(values, nullMean, Alpha, Truncation, Bets) : MeanTest.Less(values, nullMean, Alpha, Truncation, Bets);
        var verdict = (Kind, test.Proven) switch
        {
            (RuleKind.Requirement, true) => RuleVerdict.Pass,
            (RuleKind.Requirement, false) => RuleVerdict.Undecided,
            (_, true) => RuleVerdict.Fail,
            (_, false) => RuleVerdict.Pass,
        };
        var observed = OnScale(test.Mean);
        var more = verdict == RuleVerdict.Undecided ? EvidenceForecast.Of(values, nullMean, test.LogValue, -Math.Log(Alpha), truncation: Truncation).More : null;
        var side = Kind == RuleKind.Requirement ? "above" : "below";
        var sentence = test.FirstCrossing is { } after
            ? $"{Metric} is {Show(observed)}, proven {side} {Show(Bound)} after {after} of n = {test.Count}."
            : $"{Metric} is {Show(observed)}, not proven {side} {Show(Bound)} with n = {test.Count}: evidence {Figures.Evidence(test.LogMaximum)} of {Figures.Evidence(-Math.Log(Alpha))}.{Outlook(verdict, more)}";
        return Result(verdict, observed, test.Count, test, sentence) with { More = more };
    }

    /// <summary>Whether more of the same would help, and how much.</summary>
    private static string Outlook(RuleVerdict verdict, int? more) => verdict != RuleVerdict.Undecided
        ? ""
        : more is { } items ? $" About {items} more like these would prove it." : " More like these would not prove it.";

    private double OnScale(double mean) => Difference ? 2 * mean - 1 : mean;

    private string Show(double value) => Difference ? Figures.Signed(value) : Figures.Text(value);

    private RuleResult Result(RuleVerdict verdict, double? observed, int n, EProcessResult? test, string sentence) => new(
        Name, Kind, verdict, Metric, Figures.Round(observed), Figures.Round(Bound), n,
        Figures.Round(test?.LogMaximum), Figures.Round(-Math.Log(Alpha)), test?.FirstCrossing, sentence);
}
