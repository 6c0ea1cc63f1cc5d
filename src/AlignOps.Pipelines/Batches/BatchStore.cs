using AlignOps.Contracts.Batches;
using AlignOps.Pipelines.Storage;
using AlignOps.Platform.Storage;

namespace AlignOps.Pipelines.Batches;

/// <summary>Batch states in the tables; always in the pipeline's turn.</summary>
internal sealed class BatchStore(TimeProvider clock)
{
    private const string Columns =
        """
        batch_id as BatchId, pipeline as Pipeline, state as State, run_id as RunId, reason as Reason, accepted_rows as AcceptedRows, attempts as Attempts, alone as Alone, received_at as ReceivedAt
        """;

    /// <summary>Takes a batch in as waiting. One without a usable row has nothing to learn from and never waits.</summary>
    public Task AddAsync(IUnitOfWork work, BatchAccepted batch, CancellationToken cancellationToken) => work.ExecuteAsync(
        """
        insert into pipelines_batch (batch_id, pipeline, state, reason, accepted_rows, attempts, alone, received_at, changed_at)
        values (@BatchId, @Pipeline, @state, @reason, @AcceptedRows, 0, 0, @now, @now)
        on conflict (batch_id) do nothing
        """,
        new
        {
            batch.BatchId,
            batch.Pipeline,
            batch.AcceptedRows,
            state = batch.AcceptedRows > 0 ? BatchState.Waiting : BatchState.Undecided,
            reason = batch.AcceptedRows > 0 ? "accepted: waits for its run" : "no-accepted-rows: every row was a duplicate, quarantined or rejected",
            now = Now,
        },
        cancellationToken);

    public Task<BatchRow?> FindAsync(IUnitOfWork work, string batchId, CancellationToken cancellationToken) =>
        work.FirstOrDefaultAsync<BatchRow>($"select {Columns} from pipelines_batch where batch_id = @batchId", new { batchId }, cancellationToken);

    /// <summary>Oldest first.</summary>
    public Task<IReadOnlyList<BatchRow>> WaitingAsync(IUnitOfWork work, string pipeline, CancellationToken cancellationToken) =>
        work.ListAsync<BatchRow>(
            $"select {Columns} from pipelines_batch where pipeline = @pipeline and state = 'waiting' order by received_at, batch_id",
            new { pipeline }, cancellationToken);

    /// <summary>Everything the champion has learned, by id.</summary>
    public async Task<IReadOnlyList<string>> LearnedAsync(IUnitOfWork work, string pipeline, CancellationToken cancellationToken)
    {
        var learned = await work.ListAsync<string>(
            "select batch_id from pipelines_batch where pipeline = @pipeline and state = 'learned'", new { pipeline }, cancellationToken);
        return [.. learned.Order(StringComparer.Ordinal)];
    }

    /// <summary>Tells every waiting batch of a pipeline what it waits for, and returns how many did not know.</summary>
    public Task<int> ExplainAsync(IUnitOfWork work, string pipeline, string reason, CancellationToken cancellationToken) => work.ExecuteAsync(
        "update pipelines_batch set reason = @reason where pipeline = @pipeline and state = 'waiting' and reason <> @reason",
        new { pipeline, reason }, cancellationToken);

    /// <summary>Puts batches into a run and counts the attempt.</summary>
    public async Task EnterAsync(IUnitOfWork work, string pipeline, string runId, IReadOnlyList<BatchRow> batches, CancellationToken cancellationToken)
    {
        foreach (var batch in batches)
        {
            await work.ExecuteAsync(
                "insert into pipelines_run_batch (run_id, pipeline, batch_id, attempt) values (@runId, @pipeline, @BatchId, @attempt)",
                new { runId, pipeline, batch.BatchId, attempt = batch.Attempts + 1 }, cancellationToken);
            await work.ExecuteAsync(
                """
                update pipelines_batch set state = 'in-run', run_id = @runId, attempts = attempts + 1, reason = @reason, changed_at = @now
                where batch_id = @BatchId
                """,
                new { runId, batch.BatchId, reason = $"in-run: run {runId} learns from it", now = Now }, cancellationToken);
        }
    }

    public async Task ApplyAsync(IUnitOfWork work, IReadOnlyList<BatchTransition> transitions, CancellationToken cancellationToken)
    {
        foreach (var transition in transitions)
        {
            await work.ExecuteAsync(
                "update pipelines_batch set state = @State, reason = @Reason, alone = @alone, changed_at = @now where batch_id = @BatchId",
                new { transition.BatchId, transition.State, transition.Reason, alone = transition.Alone ? 1 : 0, now = Now }, cancellationToken);
        }
    }

    private long Now => clock.GetUtcNow().ToUnixTimeMilliseconds();
}
