using AlignOps.Platform.Storage;

namespace AlignOps.Platform.Messaging;

/// <summary>
/// Handles one message type inside the unit of work that also records the message in the inbox: a redelivered message does nothing.
/// Runs in milliseconds; long work is recorded as a job. Handlers of one service take turns, over all processes and on both databases, so that a handler
/// may read and then write what no other service writes. A handler that throws leaves nothing behind and gets the message again, five times in all.
/// </summary>
public interface IHandle<in T> where T : class
{
    Task HandleAsync(T message, IUnitOfWork work, CancellationToken cancellationToken);
}
