using System.Data.Common;

namespace AlignOps.Platform.Storage;

/// <summary>
/// One database transaction: a service's state, its outgoing messages and the inbox row of the message that caused them commit together or not at all.
/// </summary>
public interface IUnitOfWork
{
    DbConnection Connection { get; }

    DbTransaction Transaction { get; }

    /// <summary>Stores an event in the outbox; the relay publishes it after the commit. <paramref name="key"/> makes the message's id: the same key is sent once.</summary>
    Task PublishAsync<T>(T message, string key, CancellationToken cancellationToken) where T : class;

    /// <summary>Stores a command in the outbox for the one service that handles it.</summary>
    Task SendAsync<T>(T message, string key, CancellationToken cancellationToken) where T : class;
}
