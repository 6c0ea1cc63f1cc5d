namespace AlignOps.WebConsole.Reading;

/// <summary>One line of a run's history.</summary>
public sealed class RunEventLine
{
    public long Seq { get; init; }
    public long At { get; init; }
    public string Kind { get; init; } = "";
    public string Detail { get; init; } = "";
}
