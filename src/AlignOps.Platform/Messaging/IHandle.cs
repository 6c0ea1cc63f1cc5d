using AlignOps.Platform.Storage;

namespace AlignOps.Platform.Messaging;

/// <summary>
/// Handles one message type inside the unit of work that also records the message in the inbox: a redelivered message does nothing.
/// Runs in milliseconds; long work is recorded as a job.
/// </summary>
public interface IHandle<in T> where T : class
{
    Task HandleAsync(T message, IUnitOfWork work, CancellationToken cancellationToken);
}
