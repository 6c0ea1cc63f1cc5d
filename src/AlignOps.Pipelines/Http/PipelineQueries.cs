using System.Data.Common;
using System.Text.Json;
using AlignOps.Platform.Storage;
using Dapper;

namespace AlignOps.Pipelines.Http;

/// <summary>What the endpoints read.</summary>
internal sealed class PipelineQueries(IDatabase database)
{
    private const string RunColumns =
        """
        run_id as RunId, pipeline as Pipeline, state as State, trigger_kind as TriggerKind, trigger_ref as TriggerRef, decision as Decision, reason as Reason,
        win_rate as WinRate, lower as Lower, items as Items, candidate_checkpoint as CandidateCheckpoint, candidate_adapter as CandidateAdapter,
        champion_checkpoint as ChampionCheckpoint, champion_adapter as ChampionAdapter, definition_digest as DefinitionDigest,
        dataset_digest as DatasetDigest, evidence_digest as EvidenceDigest, record_digest as RecordDigest, started_at as StartedAt, ended_at as EndedAt
        """;

    private const string BatchColumns = "batch_id as BatchId, pipeline as Pipeline, state as State, run_id as RunId, reason as Reason";

    public Task<IReadOnlyList<PipelineView>> PipelinesAsync(CancellationToken cancellationToken) => ListAsync<PipelineView>(
        """
        select d.pipeline as Pipeline, d.description as Description, d.definition_digest as DefinitionDigest, d.faults as FaultList,
               c.version as ChampionVersion, c.checkpoint as ChampionCheckpoint, c.adapter as ChampionAdapter,
               (select r.run_id from pipelines_run r where r.pipeline = d.pipeline and r.active = 1) as ActiveRun,
               (select count(*) from pipelines_batch b where b.pipeline = d.pipeline and b.state = 'waiting') as WaitingBatches
        from pipelines_definition d left join promotion_v_champions c on c.pipeline = d.pipeline
        order by d.pipeline
        """,
        null, cancellationToken);

    public async Task<bool> KnowsAsync(string pipeline, CancellationToken cancellationToken) =>
        (await ListAsync<string>("select pipeline from pipelines_definition where pipeline = @pipeline", new { pipeline }, cancellationToken)).Count > 0;

    /// <summary>Newest first.</summary>
    public Task<IReadOnlyList<RunSummary>> RunsAsync(string? pipeline, string? state, int limit, CancellationToken cancellationToken) => ListAsync<RunSummary>(
        $"""
        select {RunColumns} from pipelines_run
        where (cast(@pipeline as text) is null or pipeline = @pipeline) and (cast(@state as text) is null or state = @state)
        order by started_at desc, run_id
        limit @limit
        """,
        new { pipeline, state, limit }, cancellationToken);

    public async Task<RunDetail?> RunAsync(string runId, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenReadAsync(cancellationToken);
        var run = (await ListAsync<RunSummary>(connection, $"select {RunColumns} from pipelines_run where run_id = @runId", new { runId }, cancellationToken)).FirstOrDefault();
        if (run is null)
        {
            return null;
        }

        var lists = (await ListAsync<BatchLists>(connection,
            "select batch_ids as BatchIds, replay_batch_ids as ReplayBatchIds from pipelines_run where run_id = @runId", new { runId }, cancellationToken))[0];
        var events = await ListAsync<RunEventView>(connection,
            "select seq as Seq, at as At, kind as Kind, detail as Detail from pipelines_run_event where run_id = @runId order by seq", new { runId }, cancellationToken);
        return new RunDetail(
            run,
            JsonSerializer.Deserialize<string[]>(lists.BatchIds)!,
            JsonSerializer.Deserialize<string[]>(lists.ReplayBatchIds)!.Length,
            events);
    }

    public Task<IReadOnlyList<BatchStateView>> BatchesAsync(string pipeline, CancellationToken cancellationToken) => ListAsync<BatchStateView>(
        $"select {BatchColumns} from pipelines_batch where pipeline = @pipeline order by received_at, batch_id", new { pipeline }, cancellationToken);

    private async Task<IReadOnlyList<T>> ListAsync<T>(string sql, object? parameters, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenReadAsync(cancellationToken);
        return await ListAsync<T>(connection, sql, parameters, cancellationToken);
    }

    private static async Task<IReadOnlyList<T>> ListAsync<T>(DbConnection connection, string sql, object? parameters, CancellationToken cancellationToken) =>
        (await connection.QueryAsync<T>(new CommandDefinition(sql, parameters, cancellationToken: cancellationToken))).AsList();

    private sealed class BatchLists
    {
        public string BatchIds { get; init; } = "[]";
        public string ReplayBatchIds { get; init; } = "[]";
    }
}
