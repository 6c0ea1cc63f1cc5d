using AlignOps.Contracts.Registry;
using AlignOps.Platform.Definitions;
using AlignOps.Platform.Storage;
using AlignOps.Platform.Telemetry;
using AlignOps.Promotion.Audit;
using AlignOps.Promotion.Deployments.Policy;
using AlignOps.Promotion.Registry;

namespace AlignOps.Promotion.Deployments;

/// <summary>
/// Puts deployments on record and moves them on: row, registry, audit entry and event in one unit of work, in the service's turn. A pipeline without a
/// <c>deployment</c> section has no stages: its candidate is checked and is champion in the same transaction.
/// </summary>
internal sealed class Deployer(IPipelineDefinitions definitions, ChampionRegistry registry, ModelProbe probe, AuditLog audit, DeploymentWakeUp wakeUp, ITraces traces, TimeProvider time)
{
    private static readonly string[] OnTheWay = [DeploymentStages.Verifying, DeploymentStages.Shadow, DeploymentStages.Canary];
    private static readonly string[] NotBegun = [DeploymentStages.Waiting, DeploymentStages.OnHold];

    /// <param name="champion">The one that the candidate was compared with and that is champion now.</param>
    public async Task BeginAsync(IUnitOfWork work, DeploymentOrder order, Champion champion, CancellationToken cancellationToken)
    {
        var (origin, others) = await traces.GoOnAsync(work, order.RunId, cancellationToken);
        using var span = LoopTrace.Start($"deploy {order.Pipeline}", parent: origin, links: others);
        span?.SetTag("alignops.run.id", order.RunId);
        var policy = await definitions.SectionAsync<DeploymentSection>(order.DefinitionDigest, cancellationToken);
        var active = await DeploymentStore.ActiveAsync(work.Connection, work.Transaction, order.Pipeline, cancellationToken);
        foreach (var older in active.Where(deployment => NotBegun.Contains(deployment.Stage)))
        {
            var superseded = older with { Stage = DeploymentStages.Superseded, Active = 0, Reason = $"newer-candidate: run {order.RunId} takes its place.", DecidedBy = order.DecidedBy };
            await SaveAsync(work, new DeploymentStep(superseded, Moved: true), null, cancellationToken);
        }

        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        var underWay = active.FirstOrDefault(deployment => OnTheWay.Contains(deployment.Stage));
        var deployment = new Deployment
        {
            RunId = order.RunId,
            Pipeline = order.Pipeline,
            DefinitionDigest = order.DefinitionDigest,
            Checkpoint = order.Candidate.Checkpoint,
            Adapter = order.Candidate.Adapter,
            ChampionCheckpoint = champion.Model.Checkpoint,
            ChampionAdapter = champion.Model.Adapter,
            ChampionVersion = champion.Version,
            RecordDigest = order.RecordDigest,
            PromotedBy = order.DecidedBy,
            PromotedBecause = order.Reason,
            Stage = DeploymentStages.Verifying,
            Bound = 1 / policy.Alpha,
            Since = now,
            StartedAt = now,
            DecidedBy = order.DecidedBy,
            Reason = "The files are being checked.",
        };
        deployment = (champion.Hold, underWay) switch
        {
            ({ } hold, _) => deployment with { Stage = DeploymentStages.OnHold, Reason = $"It waits: {hold}." },
            (_, { } other) => deployment with { Stage = DeploymentStages.Waiting, Reason = $"It waits for the candidate of run {other.RunId}, which is on its way." },
            _ => deployment,
        };
        if (deployment.Stage == DeploymentStages.Verifying && policy.Stages.Count == 0)
        {
            await DeployAtOnceAsync(work, deployment, champion, cancellationToken);
            return;
        }

        await DeploymentStore.AddAsync(work, deployment, cancellationToken);
        await RecordAsync(work, deployment, cancellationToken);
        wakeUp.Wake();
    }

    /// <summary>Writes a step. Nothing is saved of a state that did not change.</summary>
    /// <param name="target">The model to restore, proven loadable, with why it is not the one before; for a step that restores.</param>
    public async Task ApplyAsync(IUnitOfWork work, Deployment before, DeploymentStep step, (HistoryEntry Entry, string Note)? target, CancellationToken cancellationToken)
    {
        if (step.State == before) return;

        var (origin, others) = await traces.GoOnAsync(work, before.RunId, cancellationToken);
        using var span = step.Moved ? LoopTrace.Start($"deploy {before.Pipeline}", parent: origin, links: others) : null;
        span?.SetTag("alignops.run.id", before.RunId).SetTag("alignops.deployment.stage", step.State.Stage);
        var present = await registry.FindAsync(work.Connection, work.Transaction, before.Pipeline, cancellationToken);
        var next = step.State;
        if (step.Registry == RegistryAction.Promote)
        {
            await registry.ChangeAsync(
                work, new ChampionChange(next.Pipeline, next.Candidate, ChampionCause.Gate, next.PromotedBy, next.PromotedBecause, next.RunId, next.RecordDigest), present, cancellationToken);
        }
        else if (step.Registry == RegistryAction.Restore && target is { } back)
        {
            next = next with { Reason = $"{next.Reason}{back.Note}" };
            var change = new ChampionChange(next.Pipeline, back.Entry.Model, ChampionCause.LiveRules, DeploymentProcess.Watcher, next.Reason, next.RunId, Restores: back.Entry.Restores ?? back.Entry.Version);
            await registry.ChangeAsync(work, change, present, cancellationToken);
        }

        await SaveAsync(work, step with { State = next }, before, cancellationToken);
    }

    /// <summary>A person takes back the candidate that is on its way; the champion stays who it is. Null where none is.</summary>
    public async Task<Deployment?> WithdrawAsync(IUnitOfWork work, string pipeline, string person, string reason, CancellationToken cancellationToken)
    {
        var active = await DeploymentStore.ActiveAsync(work.Connection, work.Transaction, pipeline, cancellationToken);
        if (active.FirstOrDefault(deployment => OnTheWay.Contains(deployment.Stage)) is not { } walking) return null;

        var back = walking with { Stage = DeploymentStages.RolledBack, Share = 0, Active = 0, DecidedBy = person, Reason = $"Rolled back from {walking.Stage} by {person}: {reason}" };
        await SaveAsync(work, new DeploymentStep(back, Moved: true), walking, cancellationToken);
        return back;
    }

    /// <summary>The run of another candidate of the pipeline that is on its way; null where there is none.</summary>
    public static string? UnderWay(IEnumerable<Deployment> active, Deployment deployment) =>
        active.FirstOrDefault(other => other.RunId != deployment.RunId && other.Pipeline == deployment.Pipeline && OnTheWay.Contains(other.Stage))?.RunId;

    private async Task DeployAtOnceAsync(IUnitOfWork work, Deployment deployment, Champion champion, CancellationToken cancellationToken)
    {
        if (await probe.FindFaultAsync(deployment.Candidate, champion.Model, cancellationToken) is { } fault)
        {
            deployment = deployment with { Stage = DeploymentStages.RolledBack, Active = 0, Reason = $"model-unusable: {fault}" };
        }
        else
        {
            var change = new ChampionChange(deployment.Pipeline, deployment.Candidate, ChampionCause.Gate, deployment.PromotedBy, deployment.PromotedBecause, deployment.RunId, deployment.RecordDigest);
            var version = await registry.ChangeAsync(work, change, champion, cancellationToken);
            deployment = deployment with { Stage = DeploymentStages.Full, Share = 1, Active = 0, Version = version, Reason = deployment.PromotedBecause };
        }

        await DeploymentStore.AddAsync(work, deployment, cancellationToken);

        // What the registry has just put on record says all that there is to say of a champion made at once.
        await (deployment.Stage == DeploymentStages.Full ? PublishAsync(work, deployment, cancellationToken) : RecordAsync(work, deployment, cancellationToken));
    }

    private async Task SaveAsync(IUnitOfWork work, DeploymentStep step, Deployment? before, CancellationToken cancellationToken)
    {
        var next = step.State with { Revision = (before ?? step.State).Revision + 1 };
        await DeploymentStore.SaveAsync(work, next, cancellationToken);
        if (step.Moved) await RecordAsync(work, next, cancellationToken);
    }

    private async Task RecordAsync(IUnitOfWork work, Deployment deployment, CancellationToken cancellationToken)
    {
        var content = new { deployment.RunId, deployment.Stage, deployment.Share, deployment.Candidate, deployment.Version, deployment.Metric, deployment.EValue, deployment.Bound, deployment.Reason };
        await audit.AppendAsync(work, deployment.DecidedBy, $"deployment-{deployment.Stage}", deployment.Pipeline, content, cancellationToken);
        await PublishAsync(work, deployment, cancellationToken);
    }

    private static Task PublishAsync(IUnitOfWork work, Deployment deployment, CancellationToken cancellationToken)
    {
        var changed = new DeploymentChanged(
            deployment.Pipeline, deployment.RunId, deployment.Candidate, deployment.Champion, deployment.Stage, deployment.Share, deployment.Reason, deployment.DecidedBy, (int?)deployment.Version);
        return work.PublishAsync(changed, $"{deployment.RunId}/deployment/{deployment.Revision}", cancellationToken);
    }
}
