using AlignOps.Platform.Storage;

namespace AlignOps.Platform.Jobs;

/// <summary>What ended jobs told the others, for the case that a transport lost it.</summary>
public interface IJobResults
{
    /// <summary>
    /// Sends once more what the latest job of this run and service sent when it ended. The repetition makes it a new message, so that it also passes an inbox
    /// that gave up on the first one: only for messages whose handlers bear them twice. False when no such job has ended.
    /// </summary>
    Task<bool> RepeatAsync(IUnitOfWork work, string runId, string service, int repetition, CancellationToken cancellationToken);
}
