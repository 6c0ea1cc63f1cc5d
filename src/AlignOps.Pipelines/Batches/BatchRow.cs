namespace AlignOps.Pipelines.Batches;

/// <summary>A batch as its table holds it.</summary>
internal sealed class BatchRow
{
    public string BatchId { get; init; } = "";
    public string Pipeline { get; init; } = "";
    public string State { get; init; } = "";
    public string? RunId { get; init; }
    public string Reason { get; init; } = "";

    public int AcceptedRows { get; init; }

    /// <summary>How many runs took it so far.</summary>
    public int Attempts { get; init; }

    public int Alone { get; init; }
    public long ReceivedAt { get; init; }

    /// <summary>Whether a person may let it back in: it stays out, and there is something in it to learn.</summary>
    public bool IsReleasable => State is BatchState.Held or BatchState.Undecided && AcceptedRows > 0;
}
