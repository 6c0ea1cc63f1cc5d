namespace AlignOps.Platform.Jobs;

/// <summary>
/// Does one kind of long work under a lease. The worker calls it with a payload recorded by a message handler; when the process dies,
/// another worker calls it again with the last checkpoint.
/// </summary>
public interface IJobHandler
{
    /// <summary>The job's kind, <c>service.verb</c>, such as <c>training.train</c>.</summary>
    string Kind { get; }

    /// <summary>
    /// Runs to the end and returns what to commit with the job's completion. Cancelled when the lease is lost or the process stops.
    /// </summary>
    /// <exception cref="JobFailedException">The work cannot succeed however often it is tried; every other exception is tried again.</exception>
    Task<JobResult> RunAsync(JobContext job, CancellationToken cancellationToken);
}
