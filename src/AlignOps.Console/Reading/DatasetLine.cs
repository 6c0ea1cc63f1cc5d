namespace AlignOps.WebConsole.Reading;

/// <summary>A dataset version in figures.</summary>
public sealed class DatasetLine
{
    public string Digest { get; init; } = "";
    public long TrainRows { get; init; }
    public long HeldOutRows { get; init; }
    public long SyntheticRows { get; init; }
}
