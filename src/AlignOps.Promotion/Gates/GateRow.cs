namespace AlignOps.Promotion.Gates;

/// <summary>A row of <c>promotion_gate</c>: the decision in figures; the record it summarises is a blob.</summary>
internal sealed class GateRow
{
    public string RunId { get; set; } = "";
    public string Pipeline { get; set; } = "";
    public string Decision { get; set; } = "";
    public string Code { get; set; } = "";
    public string Reason { get; set; } = "";
    public string RecordDigest { get; set; } = "";
    public double WinRate { get; set; }
    public double Lower { get; set; }
    public long Items { get; set; }
    public string? WorstSlice { get; set; }
    public string DecidedBy { get; set; } = "";
    public long At { get; set; }
}
