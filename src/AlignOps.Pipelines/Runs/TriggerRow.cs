namespace AlignOps.Pipelines.Runs;

/// <summary>A schedule's firing or a person's request that waits for its run.</summary>
internal sealed class TriggerRow
{
    public string Kind { get; init; } = "";
    public string Reference { get; init; } = "";
    public string AskedBy { get; init; } = "";
}
