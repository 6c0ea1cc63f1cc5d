namespace AlignOps.Evaluation.Definition;

/// <summary>What the endpoint asks for a million tokens.</summary>
public sealed record JudgePriceSection
{
    /// <summary>For a million input tokens.</summary>
    public decimal Input { get; init; }

    /// <summary>For a million output tokens.</summary>
    public decimal Output { get; init; }
}
