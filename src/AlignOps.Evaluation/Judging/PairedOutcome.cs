using AlignOps.Contracts.Evidence;

namespace AlignOps.Evaluation.Judging;

/// <summary>
/// The one place where what judges say becomes what gates count: a number in [0, 1] a pair, from the candidate's side. A win is 1, a tie 1/2, a loss 0; a judge that gives a
/// probability gives that; of two scores the higher one wins. Two orders are averaged: scores where both orders have some (FairEval's balanced positions), otherwise outcomes,
/// so that orders which contradict each other come to 1/2. What has no verdict in some order has no outcome.
/// </summary>
internal static class PairedOutcome
{
    /// <summary>Numbers that differ by less differ by rounding.</summary>
    private const double Rounding = 1e-9;

    public static double Of(Preference preferred) => preferred switch
    {
        Preference.First => 1,
        Preference.Second => 0,
        _ => 0.5,
    };

    public static double Of(ScoredPair scores)
    {
        var difference = scores.First - scores.Second;
        return Math.Abs(difference) <= Math.Max(scores.TieWithin, Rounding) ? 0.5 : difference > 0 ? 1 : 0;
    }

    public static Preference Preferred(double share) => Math.Abs(share - 0.5) <= Rounding ? Preference.Tie : share > 0.5 ? Preference.First : Preference.Second;

    /// <param name="ahead">With the candidate's answer in the first place.</param>
    /// <param name="behind">With it in the second.</param>
    public static EvidenceComparison Join(JudgeVerdict ahead, JudgeVerdict behind)
    {
        if (ahead.Share is not { } one || 1 - behind.Share is not { } two) return new EvidenceComparison(null, Consistent: true, ahead.UnscoredReason ?? behind.UnscoredReason ?? "The judge gave no verdict.");

        var outcome = ahead.Scores is { } scores && behind.Scores?.Swapped is { } swapped ? Of(Mean(scores, swapped)) : (one + two) / 2;
        return new EvidenceComparison(outcome, Preferred(one) == Preferred(two), null);
    }

    private static ScoredPair Mean(ScoredPair one, ScoredPair other) => new((one.First + other.First) / 2, (one.Second + other.Second) / 2, Math.Max(one.TieWithin, other.TieWithin));
}
