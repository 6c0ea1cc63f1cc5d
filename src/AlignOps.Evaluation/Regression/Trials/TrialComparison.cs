using System.Globalization;
using AlignOps.Contracts.Evidence;
using AlignOps.Statistics.Betting;
using AlignOps.Statistics.Paired;

namespace AlignOps.Evaluation.Regression.Trials;

/// <summary>Sets the evidence of a training without a batch beside the run's own, question by question, in the parts that had regressed.</summary>
internal static class TrialComparison
{
    private const double Alpha = 0.01;

    /// <param name="trial">Of the same suites against the same opponents, with the same seed.</param>
    /// <returns>Null where the run had no regression: there is nothing to recover.</returns>
    public static TrialFinding? Of(EvidenceFile run, EvidenceFile trial, string batchId)
    {
        var regressed = RegressionCheck.Of(run).Where(part => part.Regressed).Select(Key).ToHashSet();
        if (regressed.Count == 0) return null;

        var values = PartValues.All(run).Where(part => regressed.Contains((part.Opponent, part.Kind, part.Suite, part.Name))).ToList();
        var again = trial.Items.ToDictionary(item => (item.Suite, item.Id, item.Sample));
        var gains = Clusters.Means(run.Items.SelectMany(before => again.TryGetValue((before.Suite, before.Id, before.Sample), out var after)
            ? values.Select(part => (before.Unit, Value: (part.Of(after) - part.Of(before) + 1) / 2)).Where(row => row.Value is not null).Select(row => (row.Unit, row.Value!.Value))
            : []));
        var test = MeanTest.Greater(gains, 0.5, Alpha, truncation: 0.9, BettingRule.Mixture);
        string[] still = [.. RegressionCheck.Of(trial).Where(part => part.Regressed && regressed.Contains(Key(part))).Select(part => $"{part.Label} against the {part.Opponent}")];
        var verdict = !test.Proven ? TrialVerdict.NotConfirmed : still.Length > 0 ? TrialVerdict.InPart : TrialVerdict.Confirmed;
        var gain = Math.Round((2 * test.Mean) - 1, 6);
        return new TrialFinding(verdict, gain, gains.Count, still, Say(verdict, batchId, gain, gains.Count, still, regressed.Count));
    }

    private static (string Opponent, string Kind, string Suite, string Name) Key(ComparedPart part) => (part.Opponent, part.Kind, part.Suite, part.Name);

    private static string Say(TrialVerdict verdict, string batchId, double gain, int units, string[] still, int regressed)
    {
        var measured = string.Create(CultureInfo.InvariantCulture, $"{gain:+0.000;-0.000;0} over {units} sources");
        return verdict switch
        {
            TrialVerdict.Confirmed => $"Without {batchId} none of the {regressed} parts that had regressed is worse, and the answers are proven better ({measured}).",
            TrialVerdict.InPart => $"Without {batchId} the answers are proven better ({measured}), but {still.Length} of the {regressed} parts that had regressed are still worse.",
            _ => $"Without {batchId} the answers are not proven better ({measured}); {still.Length} of the {regressed} parts that had regressed are still worse.",
        };
    }
}
