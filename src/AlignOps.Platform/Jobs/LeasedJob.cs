namespace AlignOps.Platform.Jobs;

/// <summary>A job as claimed.</summary>
internal sealed record LeasedJob
{
    public required string JobId { get; init; }

    public required string Kind { get; init; }

    public required string RunId { get; init; }

    public required string Payload { get; init; }

    public string? Checkpoint { get; init; }

    /// <summary>Grows with every claim: a write that carries an older one is refused.</summary>
    public long Fence { get; init; }

    public int Attempt { get; init; }

    /// <summary>How often its handler threw what it did not expect.</summary>
    public int Failures { get; init; }

    /// <summary>How often in a row its worker died without a checkpoint in between.</summary>
    public int Losses { get; init; }

    /// <summary>The span that asked for it, as W3C <c>traceparent</c>.</summary>
    public string? TraceParent { get; init; }

    /// <summary>The service that runs it: the kind's first part.</summary>
    public string Service => Kind.Split('.')[0];
}
