namespace AlignOps.Evaluation.Definition;

/// <summary>One dimension that answers are compared on.</summary>
public sealed record JudgeDimensionSection
{
    /// <summary>A word, such as tone.</summary>
    public string Name { get; init; } = "";

    /// <summary>What makes an answer better on it.</summary>
    public string Asks { get; init; } = "";
}
