using System.Reflection;
using AlignOps.Contracts;
using AlignOps.Contracts.Batches;
using AlignOps.Contracts.Runs;
using AlignOps.Pipelines.Batches;
using AlignOps.Pipelines.Runs;
using AlignOps.Pipelines.Storage;
using AlignOps.Platform.Jobs;
using AlignOps.Platform.Storage;
using Dapper;
using MassTransit;
using Microsoft.Extensions.Logging;

namespace AlignOps.Pipelines.Reconciliation;

/// <summary>
/// Finds what should move and does not, and moves it: messages are the fast way, the tables are the truth. All it does is safe to do twice.
/// </summary>
internal sealed partial class Reconciler(
    IDatabase database,
    RunStore runs,
    BatchStore batches,
    RunCoordinator coordinator,
    RunStarter starter,
    RolledBackRuns rolledBack,
    IJobResults results,
    TimeProvider clock,
    ILogger<Reconciler> logger)
{
    /// <summary>How old an accepted batch is before its message counts as lost.</summary>
    private static readonly TimeSpan BatchPatience = TimeSpan.FromSeconds(15);

    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        await AdoptBatchesAsync(cancellationToken);
        await LookAtRunsAsync(cancellationToken);
        await LookAtRolledBackAsync(cancellationToken);
        await StartWaitingAsync(cancellationToken);
    }

    /// <summary>Batches that Intake has on record and no message brought here.</summary>
    private async Task AdoptBatchesAsync(CancellationToken cancellationToken)
    {
        var lost = await ReadAsync<LostBatch>(
            """
            select i.batch_id as BatchId, i.pipeline as Pipeline, i.content_hash as ContentHash, i.accepted as AcceptedRows, i.pushed_by as PushedBy
            from intake_v_batches i
            where i.pushed_at < @before and not exists (select 1 from pipelines_batch b where b.batch_id = i.batch_id)
            """,
            new { before = (clock.GetUtcNow() - BatchPatience).ToUnixTimeMilliseconds() }, cancellationToken);
        foreach (var batch in lost)
        {
            await TryAsync(batch.BatchId, async (work, token) =>
            {
                await PipelineTurn.TakeAsync(work, batch.Pipeline, token);
                await batches.AddAsync(work, new BatchAccepted(batch.BatchId, batch.Pipeline, batch.ContentHash, batch.AcceptedRows, batch.PushedBy), token);
                await starter.StartNextAsync(work, batch.Pipeline, token);
                if (batch.AcceptedRows > 0)
                {
                    // Of a batch without a usable row no message tells, so none was lost.
                    LogAdopted(batch.BatchId, batch.Pipeline);
                }
            }, cancellationToken);
        }
    }

    /// <summary>Runs that have waited on a step for long: it is on its way, or being worked on, or failed unheard, or lost.</summary>
    private async Task LookAtRunsAsync(CancellationToken cancellationToken)
    {
        var waiting = await ReadAsync<string>(
            "select run_id from pipelines_run where active = 1 and look_again_at < @now",
            new { now = clock.GetUtcNow().ToUnixTimeMilliseconds() }, cancellationToken);
        foreach (var runId in waiting)
        {
            await TryAsync(runId, (work, token) => LookAtRunAsync(work, runId, token), cancellationToken);
        }
    }

    private async Task LookAtRunAsync(IUnitOfWork work, string runId, CancellationToken cancellationToken)
    {
        var run = await runs.LoadAsync(work, runId, cancellationToken);
        if (run?.Phase is RunPhase.Deciding or RunPhase.AwaitingApproval
            && await DecisionAsync(work, run, cancellationToken) is { } decided && (run.Phase == RunPhase.Deciding || decided.Decision != GateDecision.AwaitingApproval))
        {
            await coordinator.AdvanceAsync(work, runId, decided, cancellationToken);
            LogDecided(runId, run.Pipeline);
            return;
        }

        // A run that waits for a person waits for no command.
        if (run is null || RunProcess.PendingCommand(run) is not { } command)
        {
            await runs.PostponeAsync(work, runId, resent: false, cancellationToken);
            return;
        }

        var entity = command.Message.GetType().GetCustomAttribute<EntityNameAttribute>()!.EntityName;
        var mention = $"%\"{runId}\"%";
        if (await work.FirstOrDefaultAsync<string>(
            "select error from platform_dead_letter where body like @mention and (consumer = 'pipelines' or entity = @entity)",
            new { mention, entity }, cancellationToken) is { } error)
        {
            var sentence = error.Split('\n', 2)[0].Trim();
            await coordinator.AdvanceAsync(work, runId, new StepFailed(runId, command.Step, "handler-failed", sentence), cancellationToken);
            return;
        }

        var underWay = await work.FirstOrDefaultAsync<int?>(
            """
            select 1 from platform_job where run_id = @runId and state in ('queued', 'running')
            union all
            select 1 from platform_outbox where body like @mention
            """,
            new { runId, mention }, cancellationToken);
        if (underWay is null)
        {
            // Either the command was lost or the answer to it. Both are sent again: whichever arrived is ignored.
            var service = command.Message.GetType().GetCustomAttribute<HandledByAttribute>()!.Service;
            await results.RepeatAsync(work, runId, service, repetition: run.LastEvent + 1, cancellationToken);
            await coordinator.ResendAsync(work, runId, cancellationToken);
        }
        else
        {
            await runs.PostponeAsync(work, runId, resent: false, cancellationToken);
        }
    }

    /// <summary>What the gate has on record for a run that has not heard of it.</summary>
    private static async Task<GateDecided?> DecisionAsync(IUnitOfWork work, RunState run, CancellationToken cancellationToken)
    {
        var gate = await work.FirstOrDefaultAsync<GateOnRecord>(
            """
            select decision as Decision, code as Code, reason as Reason, record_digest as RecordDigest, win_rate as WinRate, lower as Lower, items as Items
            from promotion_v_gates where run_id = @RunId
            """,
            new { run.RunId }, cancellationToken);
        return gate is null
            ? null
            : new GateDecided(run.RunId, run.Pipeline, GateDecisions.Parse(gate.Decision), gate.Reason, gate.RecordDigest, gate.WinRate, gate.Lower, (int)gate.Items, gate.Code);
    }

    /// <summary>Pipelines whose champion was taken back, or a candidate on its way, and no message told of it.</summary>
    private async Task LookAtRolledBackAsync(CancellationToken cancellationToken)
    {
        var concerned = await ReadAsync<string>(
            """
            select pipeline from promotion_v_history where restores is not null
            union
            select pipeline from promotion_v_deployments where stage in ('rolled-back', 'superseded')
            """,
            null, cancellationToken);
        foreach (var pipeline in concerned)
        {
            await TryAsync(pipeline, async (work, token) =>
            {
                await PipelineTurn.TakeAsync(work, pipeline, token);
                await rolledBack.ApplyAsync(work, pipeline, token);
            }, cancellationToken);
        }
    }

    /// <summary>Pipelines in which something waits and nothing runs: what it waited for may have come.</summary>
    private async Task StartWaitingAsync(CancellationToken cancellationToken)
    {
        var idle = await ReadAsync<string>(
            """
            select pipeline from (
                select pipeline from pipelines_batch where state = 'waiting'
                union
                select pipeline from pipelines_trigger where state = 'waiting') waiting
            where not exists (select 1 from pipelines_run r where r.pipeline = waiting.pipeline and r.active = 1)
            """,
            null, cancellationToken);
        foreach (var pipeline in idle)
        {
            await TryAsync(pipeline, async (work, token) =>
            {
                await PipelineTurn.TakeAsync(work, pipeline, token);
                await starter.StartNextAsync(work, pipeline, token);
            }, cancellationToken);
        }
    }

    /// <summary>What goes wrong with one thing must not keep the others from being looked at; the next sweep tries again.</summary>
    private async Task TryAsync(string what, Func<IUnitOfWork, CancellationToken, Task> act, CancellationToken cancellationToken)
    {
        try
        {
            await database.WriteAsync(act, cancellationToken);
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            LogFailed(fault, what);
        }
    }

    private async Task<List<T>> ReadAsync<T>(string sql, object? parameters, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenReadAsync(cancellationToken);
        return (await connection.QueryAsync<T>(new CommandDefinition(sql, parameters, cancellationToken: cancellationToken))).AsList();
    }

    private sealed class LostBatch
    {
        public string BatchId { get; init; } = "";
        public string Pipeline { get; init; } = "";
        public string ContentHash { get; init; } = "";
        public int AcceptedRows { get; init; }
        public string PushedBy { get; init; } = "";
    }

    private sealed class GateOnRecord
    {
        public string Decision { get; init; } = "";
        public string? Code { get; init; }
        public string Reason { get; init; } = "";
        public string RecordDigest { get; init; } = "";
        public double WinRate { get; init; }
        public double Lower { get; init; }
        public long Items { get; init; }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{What} could not be looked at; the next sweep tries again")]
    private partial void LogFailed(Exception fault, string what);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Run {RunId} of {Pipeline} was decided and no message told of it; taken from the gate's record")]
    private partial void LogDecided(string runId, string pipeline);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Batch {BatchId} of {Pipeline} was accepted and no message told of it; taken in from Intake's record")]
    private partial void LogAdopted(string batchId, string pipeline);
}
