using System.Diagnostics;
using AlignOps.Platform.Storage;
using AlignOps.Platform.Telemetry;
using Dapper;
using MassTransit;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AlignOps.Platform.Messaging;

/// <summary>
/// Sends what commits left in the outbox; at least once, and in order while nothing fails. A row goes once the broker has confirmed it. A transport
/// that forgets keeps its rows until every subscriber has its inbox row, so that a start can send the rest again.
/// </summary>
internal sealed partial class OutboxRelay(
    IDatabase database,
    BusService bus,
    MessageCatalog catalog,
    WakeUps wakeUps,
    TimeProvider time,
    ILogger<OutboxRelay> logger) : BackgroundService
{
    private const int Batch = 100;
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    /// <summary>What became of one row.</summary>
    private sealed record Outcome(OutboxRow Row, bool Waits, string? Error);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await bus.WaitUntilReadyAsync(stoppingToken);
        var recalled = bus.Remembers;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (!recalled)
                {
                    await RecallAsync(stoppingToken);
                    recalled = true;
                }

                if (await PumpAsync(stoppingToken) < Batch)
                {
                    await wakeUps.Outbox.WaitAsync(Poll, stoppingToken);
                }
            }
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(fault);
                await Task.Delay(TimeSpan.FromSeconds(1), time, stoppingToken);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    /// <summary>One round; returns how many rows went out or failed to.</summary>
    internal async Task<int> PumpAsync(CancellationToken cancellationToken)
    {
        if (database.Kind == DatabaseKind.PostgreSql)
        {
            // The rows stay locked while they are sent, so that another process's relay takes other ones.
            return await database.WriteAsync(
                async (work, token) =>
                {
                    var rows = await DueAsync(work.Connection, work.Transaction, "for update skip locked", token);
                    var outcomes = await SendAsync(rows, token);
                    await RecordAsync(work, outcomes);
                    return outcomes.Count;
                },
                cancellationToken);
        }

        List<Outcome> sent;
        await using (var connection = await database.OpenReadAsync(cancellationToken))
        {
            sent = await SendAsync(await DueAsync(connection, null, "", cancellationToken), cancellationToken);
        }

        if (sent.Count > 0)
        {
            // What was sent is recorded even while stopping; otherwise it would be sent once more.
            await database.WriteAsync((work, _) => RecordAsync(work, sent), CancellationToken.None);
        }

        return sent.Count;
    }

    private async Task RecallAsync(CancellationToken cancellationToken) =>
        await database.WriteAsync(
            (work, _) => work.Connection.ExecuteAsync("update platform_outbox set sent_at = null where sent_at is not null", transaction: work.Transaction),
            cancellationToken);

    private async Task<List<OutboxRow>> DueAsync(System.Data.Common.DbConnection connection, System.Data.Common.DbTransaction? transaction, string locking, CancellationToken cancellationToken) =>
        (await connection.QueryAsync<OutboxRow>(new CommandDefinition(
            $"""
            select row_id as "RowId", message_id as "MessageId", entity as "Entity", body as "Body", destination as "Destination",
                   delivery as "Delivery", attempts as "Attempts", trace_parent as "TraceParent"
            from platform_outbox
            where sent_at is null and not_before <= @now
            order by seq
            limit {Batch} {locking}
            """,
            new { now = time.GetUtcNow().ToUnixTimeMilliseconds() },
            transaction,
            cancellationToken: cancellationToken))).AsList();

    /// <summary>Sends in order. A transport that is away ends the round: the rows behind would fare no better, and only the first is charged an attempt.</summary>
    private async Task<List<Outcome>> SendAsync(List<OutboxRow> rows, CancellationToken cancellationToken)
    {
        var outcomes = new List<Outcome>(rows.Count);
        foreach (var row in rows)
        {
            if (catalog.Find(row.Entity) is not { } type)
            {
                outcomes.Add(new Outcome(row, false, $"This version knows no message {row.Entity}."));
                continue;
            }

            var subscribed = row.Destination is not null || catalog.Subscribers(type).Length > 0;
            using var span = LoopTrace.Start($"send {row.Entity}", ActivityKind.Producer, row.TraceParent);
            span?.SetTag("messaging.destination.name", row.Entity).SetTag("messaging.message.id", row.MessageId);
            try
            {
                await bus.SendAsync(row, MessageJson.Read(row.Body, type), type, subscribed, cancellationToken);
                PlatformMetrics.CountSent(row.Entity, null);
                outcomes.Add(new Outcome(row, subscribed && !bus.Remembers, null));
            }
            catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
            {
                span.Fail(fault);
                PlatformMetrics.CountSent(row.Entity, fault);
                LogNotSent(fault, row.Entity, row.MessageId, row.Attempts + 1);
                outcomes.Add(new Outcome(row, false, fault.Message));
                if (fault is not (MessageReturnedException or System.Text.Json.JsonException))
                {
                    break;
                }
            }
        }

        return outcomes;
    }

    private async Task RecordAsync(IUnitOfWork work, List<Outcome> outcomes)
    {
        var now = time.GetUtcNow();
        await work.Connection.ExecuteAsync(
            "delete from platform_outbox where row_id = @RowId",
            outcomes.Where(outcome => outcome is { Error: null, Waits: false }).Select(outcome => new { outcome.Row.RowId }),
            work.Transaction);
        await work.Connection.ExecuteAsync(
            "update platform_outbox set sent_at = @now where row_id = @RowId",
            outcomes.Where(outcome => outcome.Waits).Select(outcome => new { outcome.Row.RowId, now = now.ToUnixTimeMilliseconds() }),
            work.Transaction);
        await work.Connection.ExecuteAsync(
            "update platform_outbox set attempts = @attempts, last_error = @Error, not_before = @notBefore where row_id = @RowId",
            outcomes.Where(outcome => outcome.Error is not null).Select(outcome => new
            {
                outcome.Row.RowId,
                attempts = outcome.Row.Attempts + 1,
                outcome.Error,
                notBefore = (now + Pause(outcome.Row.Attempts)).ToUnixTimeMilliseconds(),
            }),
            work.Transaction);
    }

    private static TimeSpan Pause(int attempts) =>
        TimeSpan.FromMilliseconds(Math.Min(LongestPause.TotalMilliseconds, 500 * Math.Pow(2, Math.Min(attempts, 10))));

    [LoggerMessage(Level = LogLevel.Warning, Message = "The relay could not finish a round; it tries again")]
    private partial void LogFailed(Exception fault);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Entity} {MessageId} was not sent, attempt {Attempt}")]
    private partial void LogNotSent(Exception fault, string entity, string messageId, int attempt);
}
