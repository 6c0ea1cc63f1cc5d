using AlignOps.Contracts;

namespace AlignOps.Promotion.Registry;

/// <summary>A row of <c>promotion_champion</c>; properties with setters, because the two databases name their integers differently.</summary>
internal sealed class ChampionRow
{
    public string Pipeline { get; set; } = "";
    public string Checkpoint { get; set; } = "";
    public string? Adapter { get; set; }
    public long Version { get; set; }
    public string AnchorCheckpoint { get; set; } = "";
    public string? AnchorAdapter { get; set; }
    public string Cause { get; set; } = "";
    public string DecidedBy { get; set; } = "";
    public long Since { get; set; }
    public string? HeldBy { get; set; }
    public string? HeldReason { get; set; }
    public string? HeldHow { get; set; }

    public Champion ToChampion() => new(
        Pipeline, new ModelRef(Checkpoint, Adapter), (int)Version, new ModelRef(AnchorCheckpoint, AnchorAdapter), Cause, DecidedBy, DateTimeOffset.FromUnixTimeMilliseconds(Since), HeldBy, HeldReason, HeldHow);
}
