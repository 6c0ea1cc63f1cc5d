namespace AlignOps.Platform.Jobs;

/// <summary>A job as claimed. <paramref name="Fence"/> grows with every claim: a write that carries an older one is refused.</summary>
internal sealed record LeasedJob(string JobId, string Kind, string RunId, string Payload, string? Checkpoint, long Fence, long Attempt, long Failures, long Losses);
