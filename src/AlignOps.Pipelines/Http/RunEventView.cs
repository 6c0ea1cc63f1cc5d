namespace AlignOps.Pipelines.Http;

internal sealed class RunEventView
{
    public int Seq { get; init; }
    public long At { get; init; }
    public string Kind { get; init; } = "";
    public string Detail { get; init; } = "";
}
