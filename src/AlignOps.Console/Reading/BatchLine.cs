namespace AlignOps.WebConsole.Reading;

/// <summary>A batch as <c>intake_v_batches</c> has it, with what the loop made of it.</summary>
public sealed class BatchLine
{
    public string BatchId { get; init; } = "";
    public string Pipeline { get; init; } = "";
    public string Name { get; init; } = "";
    public string Format { get; init; } = "";
    public string PushedBy { get; init; } = "";
    public long PushedAt { get; init; }
    public long RowCount { get; init; }
    public long Accepted { get; init; }
    public long Duplicate { get; init; }
    public long Quarantined { get; init; }
    public long Rejected { get; init; }

    /// <summary><c>waiting</c>, <c>in-run</c>, <c>learned</c>, <c>held</c> or <c>undecided</c>; null until the loop has heard of it.</summary>
    public string? State { get; init; }

    public string? RunId { get; init; }
    public string? Reason { get; init; }

    public bool CanBeReleased => State is "held" or "undecided";

    internal const string Columns =
        """
        b.batch_id as BatchId, b.pipeline as Pipeline, b.name as Name, b.format as Format, b.pushed_by as PushedBy, b.pushed_at as PushedAt, b.rows as RowCount,
        b.accepted as Accepted, b.duplicate as Duplicate, b.quarantined as Quarantined, b.rejected as Rejected, p.state as State, p.run_id as RunId, p.reason as Reason
        """;
}
