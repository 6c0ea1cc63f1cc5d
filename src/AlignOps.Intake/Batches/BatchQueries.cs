using AlignOps.Platform.Storage;
using Dapper;

namespace AlignOps.Intake.Batches;

/// <summary>Reads what became of batches.</summary>
internal sealed class BatchQueries(IDatabase database)
{
    public const int PageRows = 200;

    public async Task<BatchReport?> FindAsync(string batchId, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenReadAsync(cancellationToken);
        var report = await connection.QuerySingleOrDefaultAsync<string>(new CommandDefinition(
            "select report from intake_batch where batch_id = @batchId", new { batchId }, cancellationToken: cancellationToken));
        return report is null ? null : BatchStore.ReadReport(report);
    }

    /// <summary>The newest batches of a pipeline, newest first.</summary>
    public async Task<IReadOnlyList<BatchSummary>> ListAsync(string pipeline, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenReadAsync(cancellationToken);
        var rows = await connection.QueryAsync<BatchLine>(new CommandDefinition(
            """
            select batch_id as BatchId, name, format, pushed_by as PushedBy, pushed_at as PushedAt, rows as RowCount, accepted, duplicate, quarantined, rejected
            from intake_batch where pipeline = @pipeline
            order by pushed_at desc, batch_id limit 200
            """,
            new { pipeline },
            cancellationToken: cancellationToken));
        return [.. rows.Select(row => row.Summary())];
    }

    public async Task<RowPage> RowsAsync(string batchId, string? verdict, string? reason, int after, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenReadAsync(cancellationToken);
        var rows = (await connection.QueryAsync<RowLine>(new CommandDefinition(
            $"""
            select seq, line, verdict, reason, sentence, format, kind, row_id as RowId, envelope, snippet
            from intake_row
            where batch_id = @batchId and seq > @after{(verdict is null ? "" : " and verdict = @verdict")}{(reason is null ? "" : " and reason = @reason")}
            order by seq limit @limit
            """,
            new { batchId, after, verdict, reason, limit = PageRows + 1 },
            cancellationToken: cancellationToken))).ToList();
        var page = rows.Take(PageRows).Select(row => row.View()).ToList();
        return new RowPage(page, rows.Count > PageRows ? page[^1].Seq : null);
    }
}
