namespace AlignOps.Intake.Batches;

/// <summary>A row of <c>intake_batch</c> as a list needs it.</summary>
internal sealed record BatchLine
{
    public required string BatchId { get; init; }

    public required string Name { get; init; }

    public required string Format { get; init; }

    public required string PushedBy { get; init; }

    public long PushedAt { get; init; }

    public int RowCount { get; init; }

    public int Accepted { get; init; }

    public int Duplicate { get; init; }

    public int Quarantined { get; init; }

    public int Rejected { get; init; }

    public BatchSummary Summary() => new(
        BatchId, Name, Format, PushedBy, DateTimeOffset.FromUnixTimeMilliseconds(PushedAt), RowCount, Accepted, Duplicate, Quarantined, Rejected);
}
