using AlignOps.Contracts.Evidence;
using AlignOps.Statistics.Paired;
using AlignOps.Statistics.Slices;

namespace AlignOps.Evaluation.Comparisons;

/// <summary>One model's answers against another's.</summary>
/// <param name="Outcomes">A question each, in their order.</param>
/// <param name="WinRate">Of the first model over units; ties count half.</param>
/// <param name="Lower">With 95 %, at every sample size.</param>
/// <param name="Slices">Each slice's mean and whether the first model is proven worse there, proven not worse, or neither; in ordinal order.</param>
internal sealed record ComparisonReport(IReadOnlyList<EvidenceComparison> Outcomes, PairedWinRate WinRate, double Lower, double Upper, IReadOnlyList<SliceFinding> Slices)
{
    public int Unscored => Outcomes.Count(outcome => outcome.Outcome is null);

    public int Inconsistent => Outcomes.Count(outcome => !outcome.Consistent);
}
