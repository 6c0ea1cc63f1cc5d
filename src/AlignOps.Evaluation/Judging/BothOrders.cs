using AlignOps.Contracts.Evidence;
using AlignOps.Evaluation.Suites;

namespace AlignOps.Evaluation.Judging;

/// <summary>Judges every pair twice, each answer once in each place, so that a liking for a place cancels out and shows.</summary>
internal static class BothOrders
{
    public static async Task<EvidenceComparison> CompareAsync(IJudge judge, SuiteItem item, string candidate, string other, CancellationToken cancellationToken)
    {
        var ahead = await judge.CompareAsync(item, candidate, other, cancellationToken);
        var behind = await judge.CompareAsync(item, other, candidate, cancellationToken);
        return Join(ahead, behind);
    }

    /// <param name="ahead">With the candidate's answer in the first place.</param>
    /// <param name="behind">With it in the second.</param>
    public static EvidenceComparison Join(JudgeVerdict ahead, JudgeVerdict behind) =>
        (Points(ahead, Preference.First), Points(behind, Preference.Second)) switch
        {
            ({ } one, { } two) => new EvidenceComparison((one + two) / 2, one == two, null),
            _ => new EvidenceComparison(null, Consistent: true, ahead.UnscoredReason ?? behind.UnscoredReason ?? "The judge gave no verdict."),
        };

    private static double? Points(JudgeVerdict verdict, Preference candidateAt) =>
        verdict.Preferred is not { } preferred ? null : preferred == Preference.Tie ? 0.5 : preferred == candidateAt ? 1 : 0;
}
