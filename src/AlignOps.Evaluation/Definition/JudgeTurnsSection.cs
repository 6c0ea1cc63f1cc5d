namespace AlignOps.Evaluation.Definition;

/// <summary>Options of kind multi_turn.</summary>
public sealed record JudgeTurnsSection
{
    /// <summary>pairwise: two answers are compared at each turn. single: each answer is rated at each turn.</summary>
    public JudgeTurnsProtocol By { get; init; } = JudgeTurnsProtocol.Pairwise;
}
