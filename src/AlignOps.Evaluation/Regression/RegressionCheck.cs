using AlignOps.Contracts.Evidence;
using AlignOps.Statistics.Paired;
using AlignOps.Statistics.Slices;

namespace AlignOps.Evaluation.Regression;

/// <summary>
/// Tests every suite, slice and behaviour for being worse at all. Of those called worse a share of at most <see cref="FalseDiscoveries"/> is not, however the parts overlap;
/// a part with too few units to tell is inconclusive. The gate has margins of its own; this check decides nothing, it says where to look.
/// </summary>
internal static class RegressionCheck
{
    public const double FalseDiscoveries = 0.05;
    public const int LeastUnits = 10;

    private const double Equal = 0.5;

    /// <summary>Parts of all opponents in the order of the evidence; those without any value are left out.</summary>
    public static IReadOnlyList<ComparedPart> Of(EvidenceFile evidence)
    {
        var parts = PartValues.All(evidence).Select(part => (Part: part, Values: Units(evidence, part))).Where(pair => pair.Values.Count > 0).ToList();
        var findings = SliceComparison.Of([.. parts.Select(pair => new ComparedSlice(pair.Part.Name, pair.Values, Equal))], FalseDiscoveries, FalseDiscoveries, LeastUnits);
        return
        [
            .. parts.Zip(findings, (pair, finding) =>
                new ComparedPart(pair.Part.Opponent, pair.Part.Kind, pair.Part.Suite, pair.Part.Name, finding.Units, Math.Round((2 * finding.Mean) - 1, 6), finding.Standing)),
        ];
    }

    private static IReadOnlyList<double> Units(EvidenceFile evidence, PartValues part) => Clusters.Means(
        evidence.Items.Select(item => (item.Unit, Value: part.Of(item))).Where(row => row.Value is not null).Select(row => (row.Unit, row.Value!.Value)));
}
