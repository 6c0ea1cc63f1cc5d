namespace AlignOps.Evaluation.Definition;

/// <summary>Options of kind skills.</summary>
public sealed record JudgeSkillsSection
{
    /// <summary>The skills rated where a suite item does not name its own in expect.skills; all twelve where none is named.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];
}
