using AlignOps.Contracts.Evidence;
using AlignOps.Evaluation.Judging.Llm;

namespace AlignOps.Evaluation.Judging;

/// <summary>The comparisons of a judge that decides, to stand in the evidence in place of the verifier's.</summary>
/// <param name="VersusAnchor">Empty where the anchor is the champion.</param>
/// <param name="VersusBaseline">Empty where no untrained base was asked.</param>
internal sealed record DecidedPairs(IReadOnlyList<JudgedPair> VersusChampion, IReadOnlyList<JudgedPair> VersusAnchor, IReadOnlyList<JudgedPair> VersusBaseline)
{
    /// <summary>Where a judge that may not decide was not asked: nobody would look at it.</summary>
    private static readonly EvidenceComparison ReportOnly = new(null, Consistent: true, "report-only");

    public void PutInto(List<EvidenceItem> items, bool hasAnchor)
    {
        var (champion, anchor, baseline) = (ByPlace(VersusChampion), ByPlace(VersusAnchor), ByPlace(VersusBaseline));
        for (var i = 0; i < items.Count; i++)
        {
            var place = (items[i].Suite, items[i].Id, items[i].Sample);
            if (!champion.TryGetValue(place, out var found)) continue;
            items[i] = items[i] with
            {
                VersusChampion = found,
                VersusAnchor = hasAnchor ? anchor.GetValueOrDefault(place, ReportOnly) : found,
                VersusBaseline = items[i].VersusBaseline is null ? null : baseline.GetValueOrDefault(place, ReportOnly),
            };
        }
    }

    private static Dictionary<(string Suite, string Id, int Sample), EvidenceComparison> ByPlace(IReadOnlyList<JudgedPair> judged) =>
        judged.ToDictionary(pair => (pair.Suite, pair.Id, pair.Sample), pair => pair.Comparison);
}
