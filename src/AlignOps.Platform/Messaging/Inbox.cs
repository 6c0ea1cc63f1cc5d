using AlignOps.Platform.Hosting;
using AlignOps.Platform.Storage;
using Dapper;

namespace AlignOps.Platform.Messaging;

/// <summary>Records which message had its effect in which service, in the transaction of that effect.</summary>
internal sealed class Inbox(PlatformOptions options, MessageCatalog catalog, TimeProvider time)
{
    /// <summary>True the first time; false for a message that this service has already handled.</summary>
    public async Task<bool> TryTakeAsync(IUnitOfWork work, string messageId, string service, CancellationToken cancellationToken) =>
        await work.Connection.ExecuteAsync(new CommandDefinition(
            """
            insert into platform_inbox(message_id, consumer, consumed_at) values (@messageId, @service, @now)
            on conflict (message_id, consumer) do nothing
            """,
            new { messageId, service, now = time.GetUtcNow().ToUnixTimeMilliseconds() },
            work.Transaction,
            cancellationToken: cancellationToken)) == 1;

    /// <summary>
    /// Forgets what the outbox kept for this service, and an event once every subscriber has it. Only a transport that forgets at a crash leaves its
    /// rows until then; RabbitMQ's went when the broker confirmed them.
    /// </summary>
    public async Task SettleAsync(IUnitOfWork work, string messageId, Type message, string service, CancellationToken cancellationToken)
    {
        if (options.UsesRabbitMq)
        {
            return;
        }

        var subscribers = catalog.Subscribers(message);
        await work.Connection.ExecuteAsync(new CommandDefinition(
            $"""
            delete from platform_outbox
            where message_id = @messageId
              and (destination = @service
                or (destination is null
                  and (select count(*) from platform_inbox where message_id = @messageId and {work.Connection.AnyOf("consumer", "subscribers")}) >= @needed))
            """,
            new { messageId, service, subscribers, needed = subscribers.Length },
            work.Transaction,
            cancellationToken: cancellationToken));
    }

    /// <summary>Forgets effects older than any redelivery.</summary>
    public async Task<int> PruneAsync(IUnitOfWork work, TimeSpan keep, CancellationToken cancellationToken) =>
        await work.Connection.ExecuteAsync(new CommandDefinition(
            """
            delete from platform_inbox
            where consumed_at < @before and not exists (select 1 from platform_outbox where platform_outbox.message_id = platform_inbox.message_id)
            """,
            new { before = (time.GetUtcNow() - keep).ToUnixTimeMilliseconds() },
            work.Transaction,
            cancellationToken: cancellationToken));
}
