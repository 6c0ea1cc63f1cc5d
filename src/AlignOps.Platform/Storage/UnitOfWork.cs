using System.Data.Common;
using AlignOps.Platform.Messaging;

namespace AlignOps.Platform.Storage;

internal sealed class UnitOfWork(DbConnection connection, DbTransaction transaction, Outbox outbox) : IUnitOfWork
{
    public DbConnection Connection { get; } = connection;

    public DbTransaction Transaction { get; } = transaction;

    /// <summary>Which loops to wake once this commits.</summary>
    public Nudges Nudges { get; private set; }

    /// <summary>What went into the outbox here, in order.</summary>
    public List<SentMessage> Sent { get; } = [];

    public Task PublishAsync<T>(T message, string key, CancellationToken cancellationToken) where T : class =>
        AddAsync(message, key, OutboxKind.Publish, cancellationToken);

    public Task SendAsync<T>(T message, string key, CancellationToken cancellationToken) where T : class =>
        AddAsync(message, key, OutboxKind.Send, cancellationToken);

    public void Nudge(Nudges nudges) => Nudges |= nudges;

    private async Task AddAsync(object message, string key, OutboxKind kind, CancellationToken cancellationToken)
    {
        Sent.Add(await outbox.AddAsync(this, message, key, kind, cancellationToken));
        Nudge(Nudges.Outbox);
    }
}
