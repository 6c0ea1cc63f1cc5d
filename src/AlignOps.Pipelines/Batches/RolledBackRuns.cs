using AlignOps.Contracts.Registry;
using AlignOps.Pipelines.Storage;
using AlignOps.Platform.Storage;
using Microsoft.Extensions.Logging;

namespace AlignOps.Pipelines.Batches;

/// <summary>
/// Keeps what counts as learned true to the registry: batches of a run whose model was taken back are held, so that no later run replays what made it worse,
/// and are learned again where a person brings that model back. It looks at tables, not at messages, so the order of messages does not matter. In the pipeline's turn.
/// </summary>
internal sealed partial class RolledBackRuns(BatchStore batches, ILogger<RolledBackRuns> logger)
{
    /// <summary>Codes of the reasons it writes; only what they stand on is changed back.</summary>
    private const string RolledBack = "rolled-back: ";
    private const string Superseded = "superseded: ";

    /// <returns>How many batches changed.</returns>
    public async Task<int> ApplyAsync(IUnitOfWork work, string pipeline, CancellationToken cancellationToken)
    {
        var settled = await work.ListAsync<Settled>(
            """
            select b.batch_id as BatchId, b.state as State, b.reason as Reason, r.run_id as RunId, d.stage as Stage, d.reason as StageReason
            from pipelines_batch b
            join pipelines_run r on r.run_id = b.run_id and r.state = 'promoted' and r.trigger_kind = 'batch'
            left join promotion_v_deployments d on d.run_id = r.run_id
            where b.pipeline = @pipeline and (b.state = 'learned' or b.reason like 'rolled-back: %' or b.reason like 'superseded: %')
            """,
            new { pipeline }, cancellationToken);
        if (settled.Count == 0)
        {
            return 0;
        }

        var history = await work.ListAsync<ChampionVersion>(
            """
            select version as Version, run_id as RunId, restores as Restores, decided_by as DecidedBy, reason as Reason
            from promotion_v_history where pipeline = @pipeline order by version
            """,
            new { pipeline }, cancellationToken);
        var lineage = ChampionLineage.Of(history);
        List<BatchTransition> transitions = [.. settled.Select(batch => Transition(batch, lineage)).OfType<BatchTransition>()];
        await batches.ApplyAsync(work, transitions, cancellationToken);
        foreach (var transition in transitions)
        {
            LogChanged(transition.BatchId, pipeline, transition.State, transition.Reason);
        }

        return transitions.Count;
    }

    /// <summary>Null where the batch stands as it should.</summary>
    private static BatchTransition? Transition(Settled batch, ChampionLineage lineage)
    {
        var (state, reason) = (batch.Stage, lineage.TakenBack.GetValueOrDefault(batch.RunId)) switch
        {
            _ when lineage.Present.Contains(batch.RunId) => (BatchState.Learned, $"promoted: run {batch.RunId} was promoted"),
            (DeploymentStages.RolledBack, _) => (BatchState.Held, $"{RolledBack}the model of run {batch.RunId} was taken back: {batch.StageReason}"),
            (DeploymentStages.Superseded, _) => (BatchState.Undecided, $"{Superseded}the model of run {batch.RunId} never became champion: {batch.StageReason}"),
            (_, { } why) => (BatchState.Held, $"{RolledBack}the model of run {batch.RunId} was taken back {why}"),
            _ => (BatchState.Learned, $"promoted: run {batch.RunId} was promoted"),
        };
        return state == batch.State ? null : new BatchTransition(batch.BatchId, state, reason);
    }

    private sealed class Settled
    {
        public string BatchId { get; init; } = "";
        public string State { get; init; } = "";
        public string Reason { get; init; } = "";
        public string RunId { get; init; } = "";
        public string? Stage { get; init; }
        public string? StageReason { get; init; }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Batch {BatchId} of {Pipeline} is {State} now: {Reason}")]
    private partial void LogChanged(string batchId, string pipeline, string state, string reason);
}
