namespace AlignOps.WebConsole.Reading;

/// <summary>A pipeline's model in production.</summary>
public sealed class ChampionLine
{
    public string Pipeline { get; init; } = "";
    public string Checkpoint { get; init; } = "";
    public string? Adapter { get; init; }
    public long Version { get; init; }
    public string AnchorCheckpoint { get; init; } = "";
    public string? AnchorAdapter { get; init; }
    public string Cause { get; init; } = "";
    public string DecidedBy { get; init; } = "";
    public long Since { get; init; }
    public string? HeldBy { get; init; }
    public string? HeldReason { get; init; }

    internal const string Columns =
        """
        pipeline as Pipeline, checkpoint as Checkpoint, adapter as Adapter, version as Version, anchor_checkpoint as AnchorCheckpoint,
        anchor_adapter as AnchorAdapter, cause as Cause, decided_by as DecidedBy, since as Since, held_by as HeldBy, held_reason as HeldReason
        """;
}
