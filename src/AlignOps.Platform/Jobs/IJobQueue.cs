using AlignOps.Platform.Storage;

namespace AlignOps.Platform.Jobs;

/// <summary>Records long work inside the unit of work of the message that asked for it.</summary>
public interface IJobQueue
{
    /// <summary>Queues a job; the same (kind, key) is queued once. Wakes a local worker after the commit.</summary>
    /// <param name="key">Usually the run id, with the step where a run has several jobs of a kind.</param>
    Task EnqueueAsync(IUnitOfWork work, string kind, string key, string runId, string payload, CancellationToken cancellationToken);
}
