namespace AlignOps.Pipelines.Http;

internal sealed class BatchStateView
{
    public string BatchId { get; init; } = "";
    public string Pipeline { get; init; } = "";
    public string State { get; init; } = "";
    public string? RunId { get; init; }
    public string Reason { get; init; } = "";
}
