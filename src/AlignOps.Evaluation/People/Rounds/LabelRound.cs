namespace AlignOps.Evaluation.People.Rounds;

/// <summary>A row of <c>evaluation_label_round</c>: people are asked about one run. Times are Unix milliseconds.</summary>
internal sealed class LabelRound
{
    public string RunId { get; init; } = "";
    public string Pipeline { get; init; } = "";
    public string EvidenceDigest { get; init; } = "";

    /// <summary>Pairs that are to be labelled; the queue holds a few more, for those that nobody can judge.</summary>
    public int Wanted { get; init; }
    public int PeopleEach { get; init; }

    /// <summary>The gate waits for it.</summary>
    public long ForGate { get; init; }

    /// <summary><c>open</c> or <c>closed</c>.</summary>
    public string State { get; init; } = "";
    public string AskedBy { get; init; } = "";
    public long OpenedAt { get; init; }
    public long ClosesAt { get; init; }
    public long? ClosedAt { get; init; }
}
