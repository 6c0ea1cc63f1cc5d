namespace AlignOps.Platform.Jobs;

/// <summary>A leased job as its handler sees it.</summary>
/// <param name="Payload">JSON recorded when the job was made.</param>
/// <param name="Checkpoint">What the last attempt saved, or null.</param>
/// <param name="WorkDirectory">A folder of this job's own that survives attempts on the same machine.</param>
public sealed record JobContext(string JobId, string RunId, string Payload, int Attempt, string? Checkpoint, string WorkDirectory, IJobProgress Progress);
