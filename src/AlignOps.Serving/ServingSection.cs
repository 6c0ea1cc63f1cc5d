namespace AlignOps.Serving;

/// <summary>The <c>serving</c> section of pipeline.yaml: what a request gets that does not say otherwise.</summary>
public sealed record ServingSection
{
    public double Temperature { get; init; } = 0.7;

    public double TopP { get; init; } = 1;

    public int MaxNewTokens { get; init; } = 256;
}
