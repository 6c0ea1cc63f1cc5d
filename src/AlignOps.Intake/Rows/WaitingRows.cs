using AlignOps.Data.Feedback;
using AlignOps.Platform.Storage;
using Dapper;

namespace AlignOps.Intake.Rows;

/// <summary>
/// Rows that wait for their batch, and those that have one: a row is remembered by its content, so that it is never gathered twice. A claim names the rows
/// that go into one batch before it is made, so that a process that dies in between makes the same batch again.
/// </summary>
internal static class WaitingRows
{
    public static async Task<bool> AddAsync(IUnitOfWork work, string pipeline, string pushedBy, FeedbackRow row, long now, CancellationToken cancellationToken) =>
        await work.Connection.ExecuteAsync(new CommandDefinition(
            """
            insert into intake_waiting(pipeline, row_id, pushed_by, envelope, received_at)
            values (@pipeline, @Id, @pushedBy, @envelope, @now)
            on conflict (pipeline, row_id) do nothing
            """,
            new { pipeline, row.Id, pushedBy, envelope = FeedbackJson.Write(row), now },
            work.Transaction,
            cancellationToken: cancellationToken)) == 1;

    public static async Task<int> CountAsync(IUnitOfWork work, string pipeline, string pushedBy, CancellationToken cancellationToken) =>
        (int)await work.Connection.ExecuteScalarAsync<long>(new CommandDefinition(
            "select count(*) from intake_waiting where pipeline = @pipeline and pushed_by = @pushedBy and claim is null",
            new { pipeline, pushedBy },
            work.Transaction,
            cancellationToken: cancellationToken));

    /// <summary>Claims the rows of every caller who has enough or old enough ones, of one pipeline or of all; answers with these and earlier claims without a batch.</summary>
    public static async Task<IReadOnlyList<RowClaim>> ClaimAsync(
        IUnitOfWork work, string? pipeline, long now, int least, long oldest, CancellationToken cancellationToken)
    {
        await work.TakeTurnAsync("intake.waiting", cancellationToken);
        await work.Connection.ExecuteAsync(new CommandDefinition(
            $"""
            update intake_waiting set claim = @claim
            where claim is null{(pipeline is null ? "" : " and pipeline = @pipeline")} and exists (
                select 1 from intake_waiting w where w.claim is null and w.pipeline = intake_waiting.pipeline and w.pushed_by = intake_waiting.pushed_by
                group by w.pipeline, w.pushed_by having count(*) >= @least or min(w.received_at) <= @oldest)
            """,
            new { pipeline, claim = $"c-{now}", least, oldest },
            work.Transaction,
            cancellationToken: cancellationToken));
        return [.. await work.Connection.QueryAsync<RowClaim>(new CommandDefinition(
            """
            select distinct pipeline as Pipeline, pushed_by as PushedBy, claim as Claim from intake_waiting
            where claim is not null and batch_id is null order by claim, pipeline, pushed_by
            """,
            transaction: work.Transaction,
            cancellationToken: cancellationToken))];
    }

    public static async Task<IReadOnlyList<string>> LoadAsync(IDatabase database, RowClaim claim, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenReadAsync(cancellationToken);
        return [.. await connection.QueryAsync<string>(new CommandDefinition(
            "select envelope from intake_waiting where claim = @Claim and pipeline = @Pipeline and pushed_by = @PushedBy order by received_at, row_id",
            claim,
            cancellationToken: cancellationToken))];
    }

    public static async Task CloseAsync(IUnitOfWork work, RowClaim claim, string batchId, CancellationToken cancellationToken) =>
        await work.Connection.ExecuteAsync(new CommandDefinition(
            "update intake_waiting set batch_id = @batchId, envelope = '' where claim = @Claim and pipeline = @Pipeline and pushed_by = @PushedBy",
            new { claim.Claim, claim.Pipeline, claim.PushedBy, batchId },
            work.Transaction,
            cancellationToken: cancellationToken));
}
