using AlignOps.Platform.Storage;
using AlignOps.Platform.Telemetry;
using Dapper;

namespace AlignOps.Platform.Messaging;

/// <summary>Writes outgoing messages into the transaction that decides them.</summary>
internal sealed class Outbox(MessageCatalog catalog, TimeProvider time)
{
    /// <summary>Messages carry ids, digests and small figures; what is larger belongs in a blob.</summary>
    private const int LargestBody = 256 * 1024;

    private readonly Lock _sequence = new();
    private long _lastSequence;

    public async Task<SentMessage> AddAsync(IUnitOfWork work, object message, string key, OutboxKind kind, CancellationToken cancellationToken)
    {
        var contract = catalog.Describe(message.GetType());
        if (kind == OutboxKind.Send && contract.Service is null)
        {
            throw new InvalidOperationException($"{contract.Type.Name} is an event, without [HandledBy]; publish it.");
        }

        if (kind == OutboxKind.Publish && contract.Service is not null)
        {
            throw new InvalidOperationException($"{contract.Type.Name} is a command of {contract.Service}; send it.");
        }

        var body = MessageJson.Write(message);
        if (body.Length > LargestBody)
        {
            throw new InvalidOperationException($"{contract.Type.Name} {key} has {body.Length} characters; put the content in a blob and send its digest.");
        }

        var sent = new SentMessage(contract.Entity, key, contract.Service, body);
        await SendAsync(work, sent, cancellationToken);
        return sent;
    }

    /// <summary>Sends a message as it stands; under a key that was sent before it is a duplicate.</summary>
    public async Task SendAsync(IUnitOfWork work, SentMessage message, CancellationToken cancellationToken)
    {
        var id = MessageId.For(message.Entity, message.Key);
        var row = new OutboxRow { RowId = id, MessageId = id, Entity = message.Entity, Body = message.Body, Destination = message.Destination };
        await InsertAsync(work, row, time.GetUtcNow().ToUnixTimeMilliseconds(), cancellationToken);
    }

    /// <summary>Stores a delivery that one service gets again, not before the given time.</summary>
    public async Task RepeatAsync(IUnitOfWork work, string messageId, string entity, string body, string service, int delivery, long notBefore, CancellationToken cancellationToken)
    {
        var row = new OutboxRow
        {
            RowId = $"{messageId}:{service}:{delivery}",
            MessageId = messageId,
            Entity = entity,
            Body = body,
            Destination = service,
            Delivery = delivery,
        };
        await InsertAsync(work, row, notBefore, cancellationToken);
    }

    private async Task InsertAsync(IUnitOfWork work, OutboxRow row, long notBefore, CancellationToken cancellationToken) =>
        await work.Connection.ExecuteAsync(new CommandDefinition(
            """
            insert into platform_outbox(row_id, message_id, seq, kind, destination, entity, body, delivery, attempts, not_before, created_at, trace_parent)
            values (@RowId, @MessageId, @seq, @kind, @Destination, @Entity, @Body, @Delivery, 0, @notBefore, @now, @traceParent)
            on conflict (row_id) do nothing
            """,
            new
            {
                row.RowId,
                row.MessageId,
                seq = NextSequence(),
                kind = row.Destination is null ? "publish" : "send",
                row.Destination,
                row.Entity,
                row.Body,
                row.Delivery,
                notBefore,
                now = time.GetUtcNow().ToUnixTimeMilliseconds(),
                traceParent = LoopTrace.Present,
            },
            work.Transaction,
            cancellationToken: cancellationToken));

    /// <summary>Keeps one process's messages in order, and those of several roughly in the order of time.</summary>
    private long NextSequence()
    {
        lock (_sequence)
        {
            return _lastSequence = Math.Max(_lastSequence + 1, time.GetUtcNow().ToUnixTimeMilliseconds() * 1024);
        }
    }
}
