namespace AlignOps.Evaluation.Definition;

/// <summary>Options of kind panel.</summary>
public sealed record JudgePanelSection
{
    /// <summary>Names of other judges of the same definition.</summary>
    public IReadOnlyList<string> Members { get; init; } = [];

    /// <summary>The members themselves, as the definition has them.</summary>
    internal IReadOnlyList<JudgeSection> Judges { get; init; } = [];

    /// <summary>How their verdicts become one.</summary>
    public JudgePanelRule Rule { get; init; } = JudgePanelRule.Majority;
}
