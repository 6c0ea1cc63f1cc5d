using AlignOps.Evaluation.Judging;
using AlignOps.Evaluation.Qualification.Attacks;

namespace AlignOps.Evaluation.Qualification;

/// <summary>All that a judge was asked to qualify: pairs, and attacks on some of them.</summary>
/// <param name="Attacks">Null where no attack was tried.</param>
internal sealed record Examination(IReadOnlyList<ExaminedPair> Pairs, IReadOnlyList<AttackTrial>? Attacks)
{
    /// <summary>The verdicts that somebody else collected, one a pair in the order of the set: they show agreement and what the judge likes, and nothing that takes asking again.</summary>
    public static Examination OfStored(IReadOnlyList<LabelledPair> pairs, IReadOnlyList<JudgeVerdict> verdicts) =>
        new([.. pairs.Zip(verdicts, (pair, verdict) => new ExaminedPair(pair, [verdict], []))], null);
}
