namespace AlignOps.Host.Hosting;

/// <summary>One long step of a run. Times are Unix milliseconds.</summary>
internal sealed class RunJob
{
    public required string JobId { get; init; }
    public required string Kind { get; init; }

    /// <summary><c>queued</c>, <c>running</c>, <c>done</c> or <c>failed</c>.</summary>
    public required string State { get; init; }

    public string? Owner { get; init; }
    public long Attempt { get; init; }

    /// <summary>In [0, 1].</summary>
    public double Progress { get; init; }

    /// <summary>JSON: step, loss, tokens per second.</summary>
    public string? Detail { get; init; }

    public long CreatedAt { get; init; }
    public long? StartedAt { get; init; }
    public long? EndedAt { get; init; }
}
