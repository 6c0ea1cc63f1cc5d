namespace AlignOps.Evaluation.Definition;

/// <summary>The most that a judge may spend in one run. What it could not afford to judge is unscored.</summary>
public sealed record JudgeBudgetSection
{
    /// <summary>Input and output tokens together.</summary>
    public long? Tokens { get; init; }

    /// <summary>In the currency of the price.</summary>
    public decimal? Money { get; init; }
}
