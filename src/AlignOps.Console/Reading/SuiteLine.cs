using AlignOps.Contracts.Evidence;

namespace AlignOps.WebConsole.Reading;

/// <summary>What a suite came to: mean scores of each model, and the candidate's wins where answers are compared.</summary>
/// <param name="Kind">As pipeline.yaml writes it.</param>
/// <param name="WinRate">Mean outcome against the champion over draws; null where nothing is compared or scored.</param>
/// <param name="Anchor">Null where it was not asked.</param>
/// <param name="Baseline">Of the untrained base, over the items it was asked; null where it was not.</param>
/// <param name="Unscored">Draws without a score or an outcome.</param>
public sealed record SuiteLine(
    string Name, string Kind, SuiteRole Role, string Judge, int Items, double? Candidate, double? Champion, double? Anchor, double? Baseline, double? WinRate, int Unscored)
{
    internal static IReadOnlyList<SuiteLine> Of(EvidenceFile evidence) => [.. evidence.Header.Suites.Select(suite => Of(suite, [.. evidence.Items.Where(item => item.Suite == suite.Name)]))];

    private static SuiteLine Of(EvidenceSuite suite, IReadOnlyList<EvidenceItem> items) => new(
        suite.Name, suite.Kind ?? "open", suite.Role, suite.Judge, suite.Items,
        Mean(items.Select(item => item.Candidate.Score)), Mean(items.Select(item => item.Champion.Score)), Mean(items.Select(item => item.Anchor?.Score)), Mean(items.Select(item => item.Baseline?.Score)),
        Mean(items.Select(item => item.VersusChampion?.Outcome)), items.Count(item => item.IsUnscored));

    private static double? Mean(IEnumerable<double?> values) => values.Average();
}
