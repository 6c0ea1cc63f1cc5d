using AlignOps.Evaluation.Definition;

namespace AlignOps.Evaluation.Judging.Llm.Protocols;

/// <summary>The protocol that a definition's judge asks its language model by.</summary>
internal static class ProtocolOf
{
    /// <exception cref="ArgumentException">The kind asks no language model.</exception>
    public static IProtocol Judge(JudgeSection judge) => judge.Kind switch
    {
        JudgeKind.Pairwise => Pairwise(judge),
        JudgeKind.Single => Single(judge),
        JudgeKind.MultiTurn => judge.MultiTurn is { By: JudgeTurnsProtocol.Single } ? new ScoredTurnsProtocol(Single(judge), judge.TieWithin) : new TurnsProtocol(Pairwise(judge)),
        JudgeKind.Soft => new SoftProtocol(judge.Rubric),
        JudgeKind.Form => new FormProtocol(judge.Rubric, judge.Reference, judge.Form ?? new(), judge.TieWithin),
        JudgeKind.Skills => new SkillsProtocol(judge.Skills?.Names ?? [], judge.Reference, judge.TieWithin),
        JudgeKind.Dimensions => new DimensionsProtocol(judge.Dimensions, judge.Reference),
        JudgeKind.Principles => new PrinciplesProtocol(judge.Principles),
        JudgeKind.Evidence => new EvidenceProtocol(judge.Rubric, judge.Reference, (judge.Evidence ?? new()).Samples, judge.TieWithin),
        _ => throw new ArgumentException($"A judge of kind {judge.Kind} asks no language model.", nameof(judge)),
    };

    private static PairwiseProtocol Pairwise(JudgeSection judge) => new(judge.Rubric, judge.Reference);

    private static SingleProtocol Single(JudgeSection judge) => new(judge.Rubric, judge.Reference, judge.TieWithin);
}
