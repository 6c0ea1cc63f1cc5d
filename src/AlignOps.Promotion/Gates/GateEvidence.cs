using AlignOps.Contracts.Evidence;
using AlignOps.Statistics.Correction;
using AlignOps.Statistics.Paired;

namespace AlignOps.Promotion.Gates;

/// <summary>
/// An evidence file as values in [0, 1] to bet on, one a unit (an item, or the mean of a cluster's items and draws), in the order of the evaluation. 1/2 always means "like the champion".
/// Unscored rows give no value, or in the worst case the value of a loss. Comparisons by a judge that may not decide are not there; what the verifier found in those answers is.
/// </summary>
internal sealed class GateEvidence
{
    private readonly IReadOnlyList<EvidenceItem> _all;
    private readonly List<EvidenceItem> _preference;
    private readonly List<EvidenceItem> _regression;

    public GateEvidence(EvidenceFile file)
    {
        var roles = file.Header.Suites.ToDictionary(suite => suite.Name, suite => suite.Role, StringComparer.Ordinal);
        var reportOnly = file.Header.ReportOnlySuites;
        _all = [.. file.Items.OrderBy(item => roles[item.Suite] == SuiteRole.Regression)];
        _preference = [.. file.Items.Where(item => roles[item.Suite] == SuiteRole.Preference && !reportOnly.Contains(item.Suite))];
        _regression = [.. file.Items.Where(item => roles[item.Suite] == SuiteRole.Regression)];
        RegressionSuites = [.. file.Header.Suites.Where(suite => suite.Role == SuiteRole.Regression)];
    }

    public IReadOnlyList<EvidenceSuite> RegressionSuites { get; }

    public bool HasRegressionSuite => RegressionSuites.Count > 0;

    public int Comparisons => _preference.Count;

    public int Inconsistent => _preference.Count(item => item.VersusChampion is { Consistent: false });

    public int UnscoredComparisons => _preference.Count(item => item.VersusChampion?.Outcome is null);

    public int Unscored => _preference.Concat(_regression).Count(item => item.IsUnscored);

    public int Rows => _preference.Count + _regression.Count;

    public IReadOnlyList<double> VersusChampion(bool unscoredLoses = false) => Units(_preference, item => item.VersusChampion?.Outcome, unscoredLoses);

    public IReadOnlyList<double> VersusAnchor(bool unscoredLoses = false) => Units(_preference, item => item.VersusAnchor?.Outcome, unscoredLoses);

    /// <summary>Against the untrained base, where it was asked.</summary>
    public IReadOnlyList<double> VersusBaseline(bool unscoredLoses = false) => Units(_preference.Where(item => item.VersusBaseline is not null), item => item.VersusBaseline!.Outcome, unscoredLoses);

    /// <summary>The commonest reason why a comparison with the untrained base has no outcome.</summary>
    public string? BaselineUnscored => _preference.Select(item => item.VersusBaseline?.UnscoredReason).OfType<string>()
        .GroupBy(reason => reason, StringComparer.Ordinal).OrderByDescending(reason => reason.Count()).ThenBy(reason => reason.Key, StringComparer.Ordinal).FirstOrDefault()?.Key;

    /// <summary>(d + 1)/2 of the score difference d on the regression suites.</summary>
    public IReadOnlyList<double> Regression(bool unscoredLoses = false) => Units(_regression, ScoreGain, unscoredLoses);

    /// <summary>
    /// Slices by win rate, then each check over the rows of all suites in which both answers have it, as (d + 1)/2 of its difference; both in the order of their names. Then, as
    /// score differences, each regression suite where there are several, lest a large one hide a small one, and the slices of benchmarks. Then each language by win rate.
    /// </summary>
    public IReadOnlyList<EvidencePart> Parts() =>
    [
        .. _preference.GroupBy(item => item.Slice, StringComparer.Ordinal)
            .OrderBy(slice => slice.Key, StringComparer.Ordinal)
            .Select(slice => new EvidencePart(SliceResult.OfItems, slice.Key, Named(slice, item => item.VersusChampion?.Outcome, unscoredLoses: false))),
        .. _all.SelectMany(item => item.Candidate.Checks.Keys)
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal)
            .Select(check => new EvidencePart("behaviour", check, Named(_all, item => CheckGain(item, check), unscoredLoses: false))),
        .. RegressionSuites.SelectMany(OfSuite),
        .. Languages(),
    ];

    /// <summary>Each language by win rate, where there are several.</summary>
    private IEnumerable<EvidencePart> Languages()
    {
        var languages = _preference.Where(item => item.Language is not null).GroupBy(item => item.Language!, StringComparer.Ordinal).OrderBy(language => language.Key, StringComparer.Ordinal).ToList();
        return languages.Count < 2 ? [] : languages.Select(language => new EvidencePart(SliceResult.OfLanguage, language.Key, Named(language, item => item.VersusChampion?.Outcome, unscoredLoses: false)));
    }

    private IEnumerable<EvidencePart> OfSuite(EvidenceSuite suite)
    {
        var rows = _regression.Where(item => item.Suite == suite.Name).ToList();
        if (RegressionSuites.Count > 1) yield return new EvidencePart(SliceResult.OfSuite, suite.Name, Named(rows, ScoreGain, unscoredLoses: false));

        var slices = suite.IsClosed ? rows.GroupBy(item => item.Slice, StringComparer.Ordinal).OrderBy(slice => slice.Key, StringComparer.Ordinal).ToList() : [];
        foreach (var slice in slices.Where(_ => slices.Count > 1)) yield return new EvidencePart(SliceResult.OfSuiteSlice, $"{suite.Name}/{slice.Key}", Named(slice, ScoreGain, unscoredLoses: false));
    }

    /// <summary>The comparison with the champion as a whole, as a part like the others.</summary>
    public EvidencePart Whole() => new("all", "", Named(_preference, item => item.VersusChampion?.Outcome, unscoredLoses: false));

    /// <summary>Judge and people over the pairs of answers that people could compare; an item without an outcome of the judge is even.</summary>
    public IReadOnlyList<SampledLabel> Labels() =>
        [.. _preference.Where(item => item.Suite != EvidenceSuite.HeldOutFeedback).Select(item => new SampledLabel(
            item.Unit, item.VersusChampion?.Outcome ?? 0.5, item.People?.Outcome, item.People?.Inclusion ?? 1, item.People is not { Answers: 0 }))];

    private static double? ScoreGain(EvidenceItem item) => (item.Candidate.Score - item.Champion.Score + 1) / 2;

    private static double? CheckGain(EvidenceItem item, string check) =>
        item.Candidate.Checks.TryGetValue(check, out var candidate) && item.Champion.Checks.TryGetValue(check, out var champion)
            ? ((candidate ? 1 : 0) - (champion ? 1 : 0) + 1) / 2.0
            : null;

    private static IReadOnlyList<double> Units(IEnumerable<EvidenceItem> items, Func<EvidenceItem, double?> value, bool unscoredLoses) =>
        [.. Named(items, value, unscoredLoses).Select(unit => unit.Value)];

    private static IReadOnlyList<(string Unit, double Value)> Named(IEnumerable<EvidenceItem> items, Func<EvidenceItem, double?> value, bool unscoredLoses) =>
        Clusters.Named(items
            .Select(item => (item.Unit, Value: value(item) ?? (unscoredLoses ? 0 : null)))
            .Where(row => row.Value is not null)
            .Select(row => (row.Unit, row.Value!.Value)));
}
