using AlignOps.Pipelines.Batches;
using AlignOps.Pipelines.Storage;
using AlignOps.Platform.Storage;
using AlignOps.Platform.Telemetry;
using Microsoft.Extensions.Logging;

namespace AlignOps.Pipelines.Runs;

/// <summary>Brings a message to its run: lock, load, decide, commit, and start what waited when the run has ended.</summary>
internal sealed partial class RunCoordinator(RunStore runs, RunWriter writer, RunStarter starter, RolledBackRuns rolledBack, ITraces traces, ILogger<RunCoordinator> logger)
{
    public async Task AdvanceAsync(IUnitOfWork work, string runId, object message, CancellationToken cancellationToken)
    {
        if (await runs.PipelineOfAsync(work, runId, cancellationToken) is not { } pipeline)
        {
            LogUnknown(runId, message.GetType().Name);
            return;
        }

        using var span = await OriginAsync(work, runId, cancellationToken) is { } origin ? LoopTrace.Start("run catches up", parent: origin) : null;
        await PipelineTurn.TakeAsync(work, pipeline, cancellationToken);
        var before = await runs.LoadAsync(work, runId, cancellationToken) ?? throw new InvalidOperationException($"Run {runId} was there a moment ago.");
        var step = RunProcess.Decide(before, message);
        await writer.CommitAsync(work, step, cancellationToken);
        LogStep(runId, pipeline, before.Phase.Name(), step.State.Phase.Name(), step.Events[^1].Detail);
        if (step.State.Phase.IsTerminal() && !before.Phase.IsTerminal())
        {
            // Its model may have been taken back before the run heard that it was promoted.
            await rolledBack.ApplyAsync(work, pipeline, cancellationToken);
            await starter.StartNextAsync(work, pipeline, cancellationToken);
        }
    }

    /// <summary>Sends the command a run waits on once more; its key makes it the same message.</summary>
    public async Task ResendAsync(IUnitOfWork work, string runId, CancellationToken cancellationToken)
    {
        if (await runs.PipelineOfAsync(work, runId, cancellationToken) is not { } pipeline)
        {
            return;
        }

        using var span = await OriginAsync(work, runId, cancellationToken) is { } origin ? LoopTrace.Start("run catches up", parent: origin) : null;
        await PipelineTurn.TakeAsync(work, pipeline, cancellationToken);
        if (await runs.LoadAsync(work, runId, cancellationToken) is { } run && RunProcess.PendingCommand(run) is { } command)
        {
            var step = RunProcess.Record(run, "resent", $"no trace of {command.Step} after its time, so it was sent again");
            await writer.CommitAsync(work, step with { Commands = [command] }, cancellationToken);
            await runs.PostponeAsync(work, runId, resent: true, cancellationToken);
            LogResent(runId, pipeline, command.Step);
        }
    }

    /// <summary>The trace of a run that no message moves; null where the message has brought it along.</summary>
    private async Task<string?> OriginAsync(IUnitOfWork work, string runId, CancellationToken cancellationToken) =>
        LoopTrace.Present is null ? await traces.FindAsync(work.Connection, work.Transaction, runId, cancellationToken) : null;

    [LoggerMessage(Level = LogLevel.Information, Message = "Run {RunId} is unknown; {Message} is ignored")]
    private partial void LogUnknown(string runId, string message);

    [LoggerMessage(Level = LogLevel.Information, Message = "Run {RunId} of {Pipeline}: {Before} -> {After} ({Detail})")]
    private partial void LogStep(string runId, string pipeline, string before, string after, string detail);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Run {RunId} of {Pipeline} waited on {Step} and nothing was there; sent again")]
    private partial void LogResent(string runId, string pipeline, string step);
}
