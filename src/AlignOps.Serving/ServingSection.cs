namespace AlignOps.Serving;

/// <summary>The <c>serving</c> section of pipeline.yaml: what a request gets that does not say otherwise.</summary>
public sealed record ServingSection
{
    /// <summary>Sampling temperature; 0 is greedy.</summary>
    public double Temperature { get; init; } = 0.7;

    /// <summary>Share of probability that tokens are drawn from.</summary>
    public double TopP { get; init; } = 1;

    /// <summary>Longest answer, in tokens.</summary>
    public int MaxNewTokens { get; init; } = 256;
}
