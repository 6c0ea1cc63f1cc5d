using AlignOps.Platform.Storage;
using Dapper;

namespace AlignOps.Platform.Messaging;

/// <summary>Keeps a message whose handler failed for good, so that a person can look at it and give it another try.</summary>
internal sealed class DeadLetters(Outbox outbox, TimeProvider time) : IDeadLetters
{
    public async Task AddAsync(IUnitOfWork work, string messageId, string service, string entity, string body, long deliveries, string error, CancellationToken cancellationToken) =>
        await work.Connection.ExecuteAsync(new CommandDefinition(
            """
            insert into platform_dead_letter(message_id, consumer, entity, body, deliveries, error, dead_at)
            values (@messageId, @service, @entity, @body, @deliveries, @error, @now)
            on conflict (message_id, consumer) do update set deliveries = excluded.deliveries, error = excluded.error, dead_at = excluded.dead_at
            """,
            new { messageId, service, entity, body, deliveries, error, now = time.GetUtcNow().ToUnixTimeMilliseconds() },
            work.Transaction,
            cancellationToken: cancellationToken));

    public async Task<bool> RequeueAsync(IUnitOfWork work, string messageId, string service, CancellationToken cancellationToken)
    {
        var key = new { messageId, service };
        var letter = await work.Connection.QuerySingleOrDefaultAsync<(string Entity, string Body)?>(
            "select entity, body from platform_dead_letter where message_id = @messageId and consumer = @service", key, work.Transaction);
        if (letter is not { } found)
        {
            return false;
        }

        await work.Connection.ExecuteAsync("delete from platform_dead_letter where message_id = @messageId and consumer = @service", key, work.Transaction);
        await work.Connection.ExecuteAsync("delete from platform_inbox where message_id = @messageId and consumer = @service", key, work.Transaction);
        await outbox.RepeatAsync(work, messageId, found.Entity, found.Body, service, 1, 0, cancellationToken);
        ((UnitOfWork)work).Nudge(Nudges.Outbox);
        return true;
    }
}
