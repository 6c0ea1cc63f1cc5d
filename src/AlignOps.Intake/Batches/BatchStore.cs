using System.Text.Json;
using AlignOps.Platform.Storage;
using Dapper;

namespace AlignOps.Intake.Batches;

/// <summary>The batches' own table and the keys they were pushed under.</summary>
internal static class BatchStore
{
    public static async Task<bool> ExistsAsync(IDatabase database, string batchId, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenReadAsync(cancellationToken);
        return await connection.ExecuteScalarAsync<long>(new CommandDefinition(
            "select count(*) from intake_batch where batch_id = @batchId", new { batchId }, cancellationToken: cancellationToken)) > 0;
    }

    public static async Task<(BatchReport Report, string RequestedFormat)?> FindAsync(IUnitOfWork work, string batchId, CancellationToken cancellationToken)
    {
        var row = await work.Connection.QuerySingleOrDefaultAsync<(string Report, string RequestedFormat)?>(new CommandDefinition(
            "select report, requested_format from intake_batch where batch_id = @batchId", new { batchId }, work.Transaction, cancellationToken: cancellationToken));
        return row is { } found ? (ReadReport(found.Report), found.RequestedFormat) : null;
    }

    /// <summary>Remembers the key for this content and answers with the content that the key stands for, this one or an earlier.</summary>
    public static async Task<string> RememberKeyAsync(IUnitOfWork work, BatchIdentity batch, string key, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var push = new { batch.PushedBy, batch.Pipeline, key, batch.ContentHash, now = now.ToUnixTimeMilliseconds() };
        await work.Connection.ExecuteAsync(new CommandDefinition(
            """
            insert into intake_push(pushed_by, pipeline, idempotency_key, content_hash, pushed_at)
            values (@PushedBy, @Pipeline, @key, @ContentHash, @now)
            on conflict (pushed_by, pipeline, idempotency_key) do nothing
            """,
            push,
            work.Transaction,
            cancellationToken: cancellationToken));
        return await work.Connection.QuerySingleAsync<string>(new CommandDefinition(
            "select content_hash from intake_push where pushed_by = @PushedBy and pipeline = @Pipeline and idempotency_key = @key",
            push,
            work.Transaction,
            cancellationToken: cancellationToken));
    }

    public static async Task InsertAsync(IUnitOfWork work, BatchIdentity batch, BatchReport report, CancellationToken cancellationToken) =>
        await work.Connection.ExecuteAsync(new CommandDefinition(
            """
            insert into intake_batch(batch_id, pipeline, content_hash, name, requested_format, format, pushed_by, pushed_at,
                                     rows, accepted, duplicate, quarantined, rejected, report)
            values (@BatchId, @Pipeline, @ContentHash, @Name, @RequestedFormat, @Format, @PushedBy, @pushedAt,
                    @Rows, @Accepted, @Duplicate, @Quarantined, @Rejected, @json)
            """,
            new
            {
                report.BatchId,
                report.Pipeline,
                report.ContentHash,
                report.Name,
                batch.RequestedFormat,
                report.Format,
                report.PushedBy,
                pushedAt = report.PushedAt.ToUnixTimeMilliseconds(),
                report.Rows,
                report.Accepted,
                report.Duplicate,
                report.Quarantined,
                report.Rejected,
                json = JsonSerializer.Serialize(report, JsonSerializerOptions.Web),
            },
            work.Transaction,
            cancellationToken: cancellationToken));

    public static BatchReport ReadReport(string json) =>
        JsonSerializer.Deserialize<BatchReport>(json, JsonSerializerOptions.Web) ?? throw new JsonException("The stored report is null.");
}
