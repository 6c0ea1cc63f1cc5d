namespace AlignOps.Benchmarks.Proofs.Canary;

/// <summary>Where a deployment stands, as the view has it.</summary>
internal sealed class Standing
{
    public string RunId { get; init; } = "";
    public string Stage { get; init; } = "";
    public double EValue { get; init; }
    public long Thumbs { get; init; }
    public string Reason { get; init; } = "";
}
