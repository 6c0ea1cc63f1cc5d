using AlignOps.Contracts.Evidence;
using AlignOps.Evaluation.Suites;

namespace AlignOps.Evaluation.Judging;

/// <summary>Judges every pair twice, each answer once in each place, so that a liking for a place cancels out and shows.</summary>
internal static class BothOrders
{
    public static async Task<EvidenceComparison> CompareAsync(IJudge judge, SuiteItem item, JudgedAnswer candidate, JudgedAnswer other, CancellationToken cancellationToken)
    {
        var ahead = await judge.CompareAsync(item, candidate, other, cancellationToken);
        var behind = await judge.CompareAsync(item, other, candidate, cancellationToken);
        return PairedOutcome.Join(ahead, behind);
    }
}
