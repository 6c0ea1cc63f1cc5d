using AlignOps.Pipelines.Storage;
using AlignOps.Platform.Storage;

namespace AlignOps.Pipelines.Runs;

/// <summary>Schedule firings and requests in the tables: each is recorded once, and starts one run or none with a reason.</summary>
internal sealed class TriggerStore(TimeProvider clock)
{
    public Task AddAsync(IUnitOfWork work, string pipeline, RunTrigger trigger, string askedBy, CancellationToken cancellationToken) => work.ExecuteAsync(
        """
        insert into pipelines_trigger (pipeline, kind, reference, state, reason, asked_by, at)
        values (@pipeline, @Kind, @Reference, 'waiting', 'accepted: waits for its run', @askedBy, @now)
        on conflict (pipeline, kind, reference) do nothing
        """,
        new { pipeline, trigger.Kind, trigger.Reference, askedBy, now = clock.GetUtcNow().ToUnixTimeMilliseconds() }, cancellationToken);

    /// <summary>Oldest first.</summary>
    public Task<IReadOnlyList<TriggerRow>> WaitingAsync(IUnitOfWork work, string pipeline, CancellationToken cancellationToken) =>
        work.ListAsync<TriggerRow>(
            """
            select kind as Kind, reference as Reference, asked_by as AskedBy from pipelines_trigger
            where pipeline = @pipeline and state = 'waiting' order by at, kind, reference
            """,
            new { pipeline }, cancellationToken);

    /// <summary>Returns 0 when the trigger stands like that already.</summary>
    public Task<int> SetAsync(IUnitOfWork work, string pipeline, RunTrigger trigger, string state, string reason, string? runId, CancellationToken cancellationToken) =>
        work.ExecuteAsync(
            """
            update pipelines_trigger set state = @state, reason = @reason, run_id = @runId
            where pipeline = @pipeline and kind = @Kind and reference = @Reference and (state <> @state or reason <> @reason)
            """,
            new { pipeline, trigger.Kind, trigger.Reference, state, reason, runId }, cancellationToken);
}
