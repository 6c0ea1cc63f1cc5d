using AlignOps.Pipelines.Storage;
using AlignOps.Platform.Storage;
using Dapper;

namespace AlignOps.Pipelines.Runs;

/// <summary>Runs and their events in the tables; always in the pipeline's turn.</summary>
internal sealed class RunStore(TimeProvider clock)
{
    /// <summary>How long a run may wait on a step before the reconciler looks for a trace of it; doubled each time it had to send again.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private const string Columns =
        """
        run_id as RunId, pipeline as Pipeline, definition_digest as DefinitionDigest, trigger_kind as TriggerKind, trigger_ref as TriggerRef,
        seed as Seed, synthesizes as Synthesizes, batch_ids as BatchIds, replay_batch_ids as ReplayBatchIds,
        start_checkpoint as StartCheckpoint, start_adapter as StartAdapter, champion_checkpoint as ChampionCheckpoint, champion_adapter as ChampionAdapter,
        anchor_checkpoint as AnchorCheckpoint, anchor_adapter as AnchorAdapter, state as State, dataset_digest as DatasetDigest,
        synthetic_digest as SyntheticDigest, candidate_checkpoint as CandidateCheckpoint, candidate_adapter as CandidateAdapter,
        evidence_digest as EvidenceDigest, decision as Decision, reason as Reason, record_digest as RecordDigest,
        win_rate as WinRate, lower as Lower, items as Items, last_event as LastEvent
        """;

    public Task<string?> PipelineOfAsync(IUnitOfWork work, string runId, CancellationToken cancellationToken) =>
        work.FirstOrDefaultAsync<string>("select pipeline from pipelines_run where run_id = @runId", new { runId }, cancellationToken);

    public Task<string?> ActiveAsync(IUnitOfWork work, string pipeline, CancellationToken cancellationToken) =>
        work.FirstOrDefaultAsync<string>("select run_id from pipelines_run where pipeline = @pipeline and active = 1", new { pipeline }, cancellationToken);

    public async Task<RunState?> LoadAsync(IUnitOfWork work, string runId, CancellationToken cancellationToken) =>
        (await work.FirstOrDefaultAsync<RunRow>($"select {Columns} from pipelines_run where run_id = @runId", new { runId }, cancellationToken))?.ToState();

    /// <summary>Records a new run; false when this very run stands already.</summary>
    public async Task<bool> AddAsync(IUnitOfWork work, RunState run, CancellationToken cancellationToken)
    {
        var row = RunRow.Of(run);
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        var added = await work.ExecuteAsync(
            """
            insert into pipelines_run
                (run_id, pipeline, definition_digest, trigger_kind, trigger_ref, seed, synthesizes, batch_ids, replay_batch_ids,
                 start_checkpoint, start_adapter, champion_checkpoint, champion_adapter, anchor_checkpoint, anchor_adapter,
                 state, active, last_event, started_at, state_since, resends, look_again_at)
            values
                (@RunId, @Pipeline, @DefinitionDigest, @TriggerKind, @TriggerRef, @Seed, @Synthesizes, @BatchIds, @ReplayBatchIds,
                 @StartCheckpoint, @StartAdapter, @ChampionCheckpoint, @ChampionAdapter, @AnchorCheckpoint, @AnchorAdapter,
                 @State, 1, 0, @now, @now, 0, @now + @patience)
            on conflict (run_id) do nothing
            """,
            Parameters(row, now, active: true), cancellationToken);
        return added == 1;
    }

    /// <summary>Gives a run's step more time before the reconciler looks at it again.</summary>
    public Task PostponeAsync(IUnitOfWork work, string runId, bool resent, CancellationToken cancellationToken) => work.ExecuteAsync(
        """
        update pipelines_run set
            resends = resends + @resent,
            look_again_at = @now + @patience * case resends + @resent when 0 then 1 when 1 then 2 when 2 then 4 when 3 then 8 else 60 end
        where run_id = @runId
        """,
        new { runId, resent = resent ? 1 : 0, now = clock.GetUtcNow().ToUnixTimeMilliseconds(), patience = (long)Patience.TotalMilliseconds }, cancellationToken);

    /// <summary>Writes what a step changed: the state, and its events.</summary>
    public async Task SaveAsync(IUnitOfWork work, RunStep step, CancellationToken cancellationToken)
    {
        var row = RunRow.Of(step.State);
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        await work.ExecuteAsync(
            """
            update pipelines_run set
                state_since = case when state = @State then state_since else @now end,
                resends = case when state = @State then resends else 0 end,
                look_again_at = case when state = @State then look_again_at else @now + @patience end,
                state = @State, active = @active, ended_at = case when @active = 1 then null else coalesce(ended_at, @now) end,
                dataset_digest = @DatasetDigest, synthetic_digest = @SyntheticDigest,
                candidate_checkpoint = @CandidateCheckpoint, candidate_adapter = @CandidateAdapter, evidence_digest = @EvidenceDigest,
                decision = @Decision, reason = @Reason, record_digest = @RecordDigest, win_rate = @WinRate, lower = @Lower, items = @Items,
                last_event = @LastEvent
            where run_id = @RunId
            """,
            Parameters(row, now, active: !step.State.Phase.IsTerminal()), cancellationToken);
        foreach (var line in step.Events)
        {
            await work.ExecuteAsync(
                "insert into pipelines_run_event (run_id, seq, at, kind, detail) values (@RunId, @Sequence, @now, @Kind, @Detail)",
                new { row.RunId, line.Sequence, now, line.Kind, line.Detail }, cancellationToken);
        }
    }

    private static DynamicParameters Parameters(RunRow row, long now, bool active)
    {
        var parameters = new DynamicParameters(row);
        parameters.Add("now", now);
        parameters.Add("active", active ? 1 : 0);
        parameters.Add("patience", (long)Patience.TotalMilliseconds);
        return parameters;
    }
}
