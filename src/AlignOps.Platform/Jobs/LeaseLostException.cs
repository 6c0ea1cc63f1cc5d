namespace AlignOps.Platform.Jobs;

/// <summary>Another worker may have this job by now; whatever this one would still write is refused.</summary>
public sealed class LeaseLostException(string jobId) : Exception($"The lease of job {jobId} is lost.");
