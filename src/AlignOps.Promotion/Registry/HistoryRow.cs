using AlignOps.Contracts;

namespace AlignOps.Promotion.Registry;

/// <summary>A row of <c>promotion_history</c>.</summary>
internal sealed class HistoryRow
{
    public long Version { get; set; }
    public string Checkpoint { get; set; } = "";
    public string? Adapter { get; set; }
    public string Cause { get; set; } = "";
    public string DecidedBy { get; set; } = "";
    public string Reason { get; set; } = "";
    public string? RunId { get; set; }
    public string? RecordDigest { get; set; }
    public long? Restores { get; set; }
    public long At { get; set; }

    public HistoryEntry ToEntry() => new(
        (int)Version, new ModelRef(Checkpoint, Adapter), Cause, DecidedBy, Reason, RunId, RecordDigest, (int?)Restores, DateTimeOffset.FromUnixTimeMilliseconds(At));
}
