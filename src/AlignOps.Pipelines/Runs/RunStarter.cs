using AlignOps.Contracts;
using AlignOps.Pipelines.Batches;
using AlignOps.Pipelines.Definitions;
using AlignOps.Platform.Storage;
using AlignOps.Platform.Telemetry;
using Microsoft.Extensions.Logging;

namespace AlignOps.Pipelines.Runs;

/// <summary>Starts what waits. Called with the pipeline's turn taken, whenever something arrives or a run ends.</summary>
internal sealed partial class RunStarter(
    RunStore runs,
    BatchStore batches,
    TriggerStore triggers,
    RunWriter writer,
    DefinitionCatalog definitions,
    RunOrigins origins,
    ITraces traces,
    ILogger<RunStarter> logger)
{
    /// <summary>Starts the pipeline's next run, or tells what waits why it cannot start.</summary>
    public async Task StartNextAsync(IUnitOfWork work, string pipeline, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (await runs.ActiveAsync(work, pipeline, cancellationToken) is { } active)
            {
                await batches.ExplainAsync(work, pipeline, $"run-active: run {active} is under way, and this batch goes into the next", cancellationToken);
                return;
            }

            var plan = RunPlan.Next(
                await triggers.WaitingAsync(work, pipeline, cancellationToken),
                await batches.WaitingAsync(work, pipeline, cancellationToken));
            if (plan is null)
            {
                return;
            }

            var definition = await definitions.CurrentAsync(work, pipeline, cancellationToken);
            var champion = await Champion.ReadAsync(work, pipeline, cancellationToken);
            if (Obstacle(definition, champion) is { } obstacle)
            {
                await WaitAsync(work, pipeline, obstacle, cancellationToken);
                return;
            }

            await StartAsync(work, plan, definition!, champion!, cancellationToken);
        }
    }

    private static string? Obstacle(LoadedDefinition? definition, Champion? champion) => (definition, champion) switch
    {
        (null, _) => "no-definition: there is no folder with a pipeline.yaml for this pipeline",
        ({ Digest: null }, _) => $"definition-broken: pipeline.yaml has {definition.Faults.Count} faults, the first: {definition.Faults[0].Sentence}",
        (_, null) => "no-champion: no model has been registered for this pipeline yet",
        _ => null,
    };

    /// <summary>Batches and requests keep waiting. A schedule's firing is let go: the next one covers the same ground.</summary>
    private async Task WaitAsync(IUnitOfWork work, string pipeline, string obstacle, CancellationToken cancellationToken)
    {
        var told = await batches.ExplainAsync(work, pipeline, obstacle, cancellationToken);
        foreach (var trigger in await triggers.WaitingAsync(work, pipeline, cancellationToken))
        {
            var state = trigger.Kind == RunTrigger.Schedule ? "skipped" : "waiting";
            told += await triggers.SetAsync(work, pipeline, new RunTrigger(trigger.Kind, trigger.Reference), state, obstacle, null, cancellationToken);
        }

        if (told > 0)
        {
            LogWaits(pipeline, obstacle);
        }
    }

    private async Task StartAsync(IUnitOfWork work, RunPlan plan, LoadedDefinition definition, Champion champion, CancellationToken cancellationToken)
    {
        var retrain = plan.Trigger.Kind != RunTrigger.Batch;
        var learned = await batches.LearnedAsync(work, definition.Pipeline, cancellationToken);
        var key = RunKey.Of(definition.Pipeline, definition.Digest!, plan.Trigger);
        var run = new RunState
        {
            RunId = key.RunId,
            Pipeline = definition.Pipeline,
            DefinitionDigest = definition.Digest!,
            Trigger = plan.Trigger,
            Seed = key.Seed,
            Synthesizes = definition.Synthesizes,
            BatchIds = retrain ? learned : [.. plan.Batches.Select(batch => batch.BatchId).Order(StringComparer.Ordinal)],
            ReplayBatchIds = retrain ? [] : learned,
            Start = retrain || definition.StartsFromBase ? champion.Model with { Adapter = null } : champion.Model,
            Champion = champion.Model,
            Anchor = champion.Anchor,
        };

        if (!await runs.AddAsync(work, run, cancellationToken))
        {
            // The trigger's row makes this impossible short of a hand in the tables; without this line it would be tried for ever.
            await triggers.SetAsync(work, run.Pipeline, plan.Trigger, "skipped", $"already-run: run {run.RunId} stands", run.RunId, cancellationToken);
            await batches.ApplyAsync(work, [.. plan.Batches.Select(batch => new BatchTransition(batch.BatchId, BatchState.Undecided, $"already-run: run {run.RunId} stands"))], cancellationToken);
            return;
        }

        var (origin, others) = await origins.OfAsync(work, plan, cancellationToken);
        using var span = LoopTrace.Start($"run {run.Pipeline}", parent: origin, links: others);
        span?.SetTag("alignops.run.id", run.RunId).SetTag("alignops.pipeline", run.Pipeline).SetTag("alignops.run.trigger", run.Trigger.Kind);
        await traces.KeepAsync(work, run.RunId, cancellationToken);
        await batches.EnterAsync(work, run.Pipeline, run.RunId, plan.Batches, cancellationToken);
        await triggers.SetAsync(work, run.Pipeline, plan.Trigger, "started", $"started: run {run.RunId}", run.RunId, cancellationToken);
        await writer.CommitAsync(work, RunProcess.Start(run), cancellationToken);
        LogStarted(run.RunId, run.Pipeline, run.Trigger.Kind, run.BatchIds.Count, run.ReplayBatchIds.Count);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Run {RunId} of {Pipeline} started by {Trigger}: {Batches} batches, {Replayed} replayed")]
    private partial void LogStarted(string runId, string pipeline, string trigger, int batches, int replayed);

    [LoggerMessage(Level = LogLevel.Information, Message = "Pipeline {Pipeline} waits: {Reason}")]
    private partial void LogWaits(string pipeline, string reason);
}
