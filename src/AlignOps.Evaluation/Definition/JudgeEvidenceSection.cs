namespace AlignOps.Evaluation.Definition;

/// <summary>Options of kind evidence.</summary>
public sealed record JudgeEvidenceSection
{
    /// <summary>How often each order is judged.</summary>
    public int Samples { get; init; } = 3;
}
