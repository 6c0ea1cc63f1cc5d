using AlignOps.Promotion.Gates;
using AlignOps.Promotion.Gates.Rules;
using AlignOps.Statistics.Betting;
using AlignOps.Statistics.Distributions;
using AlignOps.Statistics.Paired;

namespace AlignOps.Benchmarks.Proofs.Verdicts;

/// <summary>One comparison judged to its end in four ways.</summary>
/// <param name="Better">Items after which the gate's superiority was proven, looked at after every item; null: never.</param>
/// <param name="Worse">Items after which the gate's harm was.</param>
/// <param name="Judged">Items judged by a comparison that stops when it is decided.</param>
/// <param name="NotWorse">Items after which the guard proved the candidate not worse than its margin.</param>
/// <param name="Fixed">One clustered t-test at the end says better.</param>
/// <param name="Naive">Items after which a z-test, made after every item as if each stood alone, said better.</param>
/// <param name="SameAsGate">The gate's own rules, given all at once, say the same after the same unit.</param>
internal sealed record SequentialRun(int? Better, int? Worse, int Judged, int? NotWorse, bool Fixed, int? Naive, bool SameAsGate)
{
    public static SequentialRun Of(SimulatedSuite suite, GateSection section)
    {
        MeanRule superiority = Gate.Superiority(section, "Win rate"), harm = Gate.Harm(section, "Win rate"), anchor = Gate.AboveAnchor(section, "Win rate");
        var sizes = suite.Items.CountBy(item => Name(item.Source));
        var stream = new ClusterStream(sizes);
        var comparison = new SequentialComparison(superiority.Alpha, harm.Alpha, section.MinItems, int.MaxValue);
        var (better, worse) = (MeanTest.Create(0.5, superiority.Alpha, rule: BettingRule.Mixture), MeanTest.Create(0.5, harm.Alpha, rule: BettingRule.Mixture));
        var units = new List<double>();
        var ends = new List<int>();
        int? betterAt = null, worseAt = null, naive = null;
        var (judged, sum, squares) = (0, 0.0, 0.0);
        for (var seen = 1; seen <= suite.Items.Count; seen++)
        {
            var (source, outcome) = suite.Items[seen - 1];
            sum += outcome;
            squares += outcome * outcome;
            var deviation = Math.Sqrt(Math.Max(0, squares / seen - sum / seen * (sum / seen)));
            if (naive is null && seen >= section.MinItems && sum / seen - 0.5 > Z(superiority.Alpha) * deviation / Math.Sqrt(seen)) naive = seen;
            if (comparison.Answer == SequentialAnswer.Open) judged = seen;
            if (stream.Add(Name(source), outcome) is not { } unit) continue;

            units.Add(unit);
            ends.Add(seen);
            comparison.Observe(unit);
            better.Observe(unit);
            worse.Observe(1 - unit);
            if (units.Count < section.MinItems) continue;
            if (better.FirstCrossing is not null) betterAt ??= seen;
            if (worse.FirstCrossing is not null) worseAt ??= seen;
        }

        RuleResult ofBetter = superiority.Apply(units, section.MinItems), ofWorse = harm.Apply(units, section.MinItems), ofAnchor = anchor.Apply(units, section.MinItems);
        var clusters = suite.Items.Select(item => item.Source).ToList();
        return new SequentialRun(
            betterAt,
            worseAt,
            judged,
            ofAnchor.DecidedAfter is { } after ? ends[Math.Max(after, section.MinItems) - 1] : null,
            ClusteredMean.Of([.. suite.Items.Select(item => item.Outcome)], clusters).PValueAbove(0.5) < superiority.Alpha,
            naive,
            ofBetter.DecidedAfter == better.FirstCrossing && ofWorse.DecidedAfter == worse.FirstCrossing
                && (ofBetter.Verdict == RuleVerdict.Pass) == (betterAt is not null) && (ofWorse.Verdict == RuleVerdict.Fail) == (worseAt is not null));
    }

    private static string Name(int source) => $"s{source}";

    private static readonly Dictionary<double, double> Quantiles = [];

    private static double Z(double alpha)
    {
        lock (Quantiles)
        {
            if (!Quantiles.TryGetValue(alpha, out var z)) Quantiles[alpha] = z = NormalDistribution.Quantile(1 - alpha);
            return z;
        }
    }
}
