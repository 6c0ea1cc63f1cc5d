using System.Collections.Concurrent;
using AlignOps.Contracts.Registry;
using AlignOps.Platform.Definitions;
using AlignOps.Platform.Storage;
using AlignOps.Promotion.Deployments.Live;
using AlignOps.Promotion.Deployments.Policy;
using AlignOps.Promotion.Registry;
using Microsoft.Extensions.Logging;

namespace AlignOps.Promotion.Deployments;

/// <summary>
/// One look at the deployments that are under way: takes in thumbs, reads the live rules, decides. All of it is in rows, so any process may look and a killed one is
/// not missed; the service's turn and the row's revision keep two that look at once apart.
/// </summary>
internal sealed partial class DeploymentWatch(
    IDatabase database, IPipelineDefinitions definitions, ChampionRegistry registry, ModelProbe probe, Deployer deployer, TimeProvider time, ILogger<DeploymentWatch> logger)
{
    private readonly ConcurrentDictionary<string, ThumbTally> _tallies = new(StringComparer.Ordinal);

    /// <summary>Returns how many deployments are under way.</summary>
    public async Task<int> LookAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<Deployment> active;
        await using (var connection = await database.OpenReadAsync(cancellationToken))
        {
            active = await DeploymentStore.ActiveAsync(connection, null, null, cancellationToken);
        }

        foreach (var gone in _tallies.Keys.Except(active.Select(deployment => deployment.RunId)).ToArray()) _tallies.TryRemove(gone, out _);
        foreach (var deployment in active)
        {
            try
            {
                await LookAsync(deployment, cancellationToken);
            }
            catch (Exception fault) when (fault is not OperationCanceledException)
            {
                // What was taken in but not committed is in memory only: read it again from the rows.
                _tallies.TryRemove(deployment.RunId, out _);
                LogFailed(fault, deployment.RunId, deployment.Pipeline);
            }
        }

        return active.Count;
    }

    private async Task LookAsync(Deployment seen, CancellationToken cancellationToken)
    {
        // Files are read outside the transaction: every byte of a model takes its time.
        var verification = seen.Stage == DeploymentStages.Verifying ? await VerifyAsync(seen, cancellationToken) : null;
        if (await StepAsync(seen, verification, target: null, cancellationToken) is not { Registry: RegistryAction.Restore } step) return;

        var (target, note) = await FindTargetAsync(seen.Pipeline, cancellationToken);
        if (target is null)
        {
            LogNoWayBack(seen.RunId, seen.Pipeline, step.State.Reason, note);
            return;
        }

        await StepAsync(seen, verification, (target, note), cancellationToken);
    }

    /// <summary>Returns the step; one that restores is not written until its target is given.</summary>
    private Task<DeploymentStep?> StepAsync(Deployment seen, Verification? verification, (HistoryEntry Entry, string Note)? target, CancellationToken cancellationToken) => database.WriteAsync<DeploymentStep?>(
        async (work, token) =>
        {
            await work.TakeTurnAsync(PromotionService.Name, token);
            var before = await DeploymentStore.FindAsync(work.Connection, work.Transaction, seen.RunId, token);
            if (before is not { Active: 1 } || before.Stage != seen.Stage) return null;

            var policy = await definitions.SectionAsync<DeploymentSection>(before.DefinitionDigest, token);
            var tally = _tallies.GetOrAdd(before.RunId, _ => new ThumbTally(policy));
            var champion = await registry.FindAsync(work.Connection, work.Transaction, before.Pipeline, token);
            var active = await DeploymentStore.ActiveAsync(work.Connection, work.Transaction, before.Pipeline, token);
            var sight = new DeploymentSight(
                time.GetUtcNow().ToUnixTimeMilliseconds(), champion?.Version ?? 0, champion?.Hold, Deployer.UnderWay(active, before), verification, await ReadAsync(work, before, policy, tally, token));
            var step = DeploymentProcess.Decide(before, policy, sight);
            if (step.Registry == RegistryAction.Restore && target is null) return step;

            if (step.Registry == RegistryAction.Promote) step = step with { State = step.State with { ChampionLimit = tally.ChampionLimit() } };
            await deployer.ApplyAsync(work, before, step, target, token);
            if (step.Moved) LogMoved(before.RunId, before.Pipeline, step.State.Stage, step.State.Share, step.State.Reason);
            return step;
        },
        cancellationToken);

    private static async Task<LiveFigures> ReadAsync(IUnitOfWork work, Deployment deployment, DeploymentSection policy, ThumbTally tally, CancellationToken cancellationToken)
    {
        if (deployment.Stage is not (DeploymentStages.Shadow or DeploymentStages.Canary or DeploymentStages.Full)) return LiveFigures.None;

        await ThumbStore.CatchUpAsync(work, deployment.RunId, tally, cancellationToken);
        await ThumbStore.TakeAsync(work, deployment, tally, cancellationToken);
        var counts = await RequestCounts.ReadAsync(work.Connection, work.Transaction, deployment, policy, cancellationToken);
        return new LiveFigures(counts.StageRequests, counts.Requests, counts.Errors, counts.Slow, tally.Figures);
    }

    private async Task<Verification> VerifyAsync(Deployment deployment, CancellationToken cancellationToken)
    {
        if (await probe.FindFaultAsync(deployment.Candidate, cancellationToken) is { } fault) return new Verification(fault, NoTarget: false, "");
        if (await probe.FindFaultAsync(deployment.Champion, cancellationToken) is not { } broken) return new Verification(null, NoTarget: false, "");

        var (target, note) = await FindTargetAsync(deployment.Pipeline, cancellationToken);
        return new Verification(null, target is null, $"The champion itself cannot be loaded ({broken}).{note}");
    }

    /// <summary>The newest model before the present champion that can be loaded, and what was passed over on the way to it.</summary>
    private async Task<(HistoryEntry? Entry, string Note)> FindTargetAsync(string pipeline, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenReadAsync(cancellationToken);
        return await RollbackTarget.FindLoadableAsync(await registry.HistoryAsync(connection, null, pipeline, cancellationToken), probe, cancellationToken);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Deployment of run {RunId} of {Pipeline}: {Stage} at share {Share}. {Reason}")]
    private partial void LogMoved(string runId, string pipeline, string stage, double share, string reason);

    [LoggerMessage(Level = LogLevel.Critical, Message = "Run {RunId} of {Pipeline} should be rolled back and there is nothing to go back to. {Reason}{Note}")]
    private partial void LogNoWayBack(string runId, string pipeline, string reason, string note);

    [LoggerMessage(Level = LogLevel.Error, Message = "The deployment of run {RunId} of {Pipeline} could not be looked at; the next look tries again")]
    private partial void LogFailed(Exception fault, string runId, string pipeline);
}
