using System.Globalization;
using AlignOps.Contracts.Evidence;
using AlignOps.Evaluation.Definition;
using AlignOps.Inference.Budgets;
using AlignOps.Statistics.Betting;
using AlignOps.Statistics.Paired;

namespace AlignOps.Evaluation.Judging.Llm;

/// <summary>Sums up what a judge said.</summary>
internal static class ReportWriter
{
    private const double Alpha = 0.025;

    private static readonly Dictionary<string, int> None = [];

    /// <summary>Of a judge that could not be asked at all.</summary>
    public static JudgeReport Silent(JudgeSection judge, string digest, int comparisons, string reason, string sentence) => new(
        judge.Name, digest, judge.Who, null, comparisons, 0, null, null, null, 0, null, new Dictionary<string, int> { [reason] = comparisons }, None, 0, 0,
        $"Judge {judge.Name} ({judge.Who}) {(judge.Decides ? "is to decide, and says nothing" : "reports nothing, and decides nothing")}: {comparisons} pairs unscored, {reason}. {sentence}");

    public static JudgeReport Write(
        JudgeSection judge, string digest, string details, IReadOnlyList<PairToJudge> pairs, IReadOnlyList<JudgedPair> judged, IReadOnlyDictionary<string, int> calls, Spend spent, JudgingStop? stop = null)
    {
        var scored = judged.Where(pair => pair.Comparison.Outcome is not null).ToList();
        var units = Clusters.Means(scored.Select(pair => (pair.Unit, pair.Comparison.Outcome!.Value)));
        var unscored = Count(judged.Where(pair => pair.Comparison.Outcome is null).Select(pair => pair.Comparison.UnscoredReason!));
        var report = new JudgeReport(
            judge.Name, digest, judge.Who, details, judged.Count, scored.Count,
            units.Count == 0 ? null : Round(units.Average()), units.Count == 0 ? null : Round(BettingConfidenceSequence.Lower(units, Alpha)), units.Count == 0 ? null : Round(BettingConfidenceSequence.Upper(units, Alpha)),
            scored.Count(pair => !pair.Comparison.Consistent), Agreement(pairs, judged), unscored, Sorted(calls), spent.Tokens, spent.Money, "") { Parts = PartFindings.Of(judge, judged) };
        return report with { Sentence = Sentence(judge, report) + (stop?.After is { } after ? string.Create(CultureInfo.InvariantCulture, $" It stopped after {after} of {judged.Count} pairs, when the candidate was proven {(stop.Answer == SequentialAnswer.Better ? "better" : "worse")} by its verdicts.") : "") };
    }

    private static string Sentence(JudgeSection judge, JudgeReport report)
    {
        var found = report.WinRate is null
            ? "no pair scored"
            : string.Create(CultureInfo.InvariantCulture, $"win rate {report.WinRate:0.###} ({report.Lower:0.###} to {report.Upper:0.###} at 95 %) over {report.Scored} of {report.Comparisons} pairs, {report.Inconsistent} of them inconsistent")
                + (report.Agreement is { } agreement ? string.Create(CultureInfo.InvariantCulture, $", agrees with the verifier in {agreement:0.###}") : "");
        var parts = report.Parts is { } made ? $"; {string.Join(", ", made.Where(part => part.WinRate is not null).Select(Text))}" : "";
        var unscored = report.Scored == report.Comparisons ? "" : $"; unscored: {Text(report.Unscored)}";
        var money = report.Money > 0 ? string.Create(CultureInfo.InvariantCulture, $" ({report.Money:0.####} of the budget's money)") : "";
        return string.Create(CultureInfo.InvariantCulture, $"Judge {report.Judge} ({report.Model}) {(judge.Decides ? "is to decide" : "reports, and decides nothing")}: {found}{parts}{unscored}. Calls: {Text(report.Calls)}; {report.Tokens} tokens{money}.");
    }

    private static string Text(JudgePart part) => string.Create(CultureInfo.InvariantCulture, $"{part.Name} {part.WinRate:0.###}{(part.Candidate is { } ours ? $" ({ours:0.##} against {part.Champion:0.##})" : "")}");

    private static string Text(IReadOnlyDictionary<string, int> counts) => counts.Count == 0 ? "none" : string.Join(", ", counts.Select(count => string.Create(CultureInfo.InvariantCulture, $"{count.Value} {count.Key}")));

    /// <summary>Both say the same of who is better, or both say neither.</summary>
    private static double? Agreement(IReadOnlyList<PairToJudge> pairs, IReadOnlyList<JudgedPair> judged)
    {
        var both = pairs.Zip(judged, (pair, line) => (Verifier: pair.Evidence.VersusChampion?.Outcome, Judge: line.Comparison.Outcome))
            .Where(outcomes => outcomes is { Verifier: not null, Judge: not null }).ToList();
        return both.Count == 0 ? null : Round(both.Average(outcomes => Math.Sign(outcomes.Verifier!.Value - 0.5) == Math.Sign(outcomes.Judge!.Value - 0.5) ? 1.0 : 0));
    }

    private static SortedDictionary<string, int> Count(IEnumerable<string> reasons) => Sorted(reasons.CountBy(reason => reason));

    private static SortedDictionary<string, int> Sorted(IEnumerable<KeyValuePair<string, int>> counts) => new(counts.ToDictionary(), StringComparer.Ordinal);

    private static double Round(double value) => Math.Round(value, 6);
}
