namespace AlignOps.WebConsole.Reading;

/// <summary>What one person said about a run.</summary>
public sealed class VoteLine
{
    public string Person { get; init; } = "";
    public string Answer { get; init; } = "";
    public string Reason { get; init; } = "";
    public long At { get; init; }
}
