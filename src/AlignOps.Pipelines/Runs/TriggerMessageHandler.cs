using AlignOps.Contracts.Registry;
using AlignOps.Contracts.Runs;
using AlignOps.Pipelines.Batches;
using AlignOps.Pipelines.Storage;
using AlignOps.Platform.Messaging;
using AlignOps.Platform.Storage;

namespace AlignOps.Pipelines.Runs;

/// <summary>What starts a run without a batch, and the change of champion that lets waiting ones start and takes back what a lost champion had learned.</summary>
internal sealed class TriggerMessageHandler(TriggerStore triggers, RunStarter starter, RolledBackRuns rolledBack) :
    IHandle<ScheduleFired>,
    IHandle<RunRequested>,
    IHandle<ModelPromoted>,
    IHandle<DeploymentChanged>
{
    public async Task HandleAsync(ScheduleFired message, IUnitOfWork work, CancellationToken cancellationToken)
    {
        await PipelineTurn.TakeAsync(work, message.Pipeline, cancellationToken);
        await triggers.AddAsync(work, message.Pipeline, RunTrigger.ForSchedule(message.ScheduledAt), "schedule", cancellationToken);
        await starter.StartNextAsync(work, message.Pipeline, cancellationToken);
    }

    public async Task HandleAsync(RunRequested message, IUnitOfWork work, CancellationToken cancellationToken)
    {
        await PipelineTurn.TakeAsync(work, message.Pipeline, cancellationToken);
        await triggers.AddAsync(work, message.Pipeline, new RunTrigger(RunTrigger.Request, message.RequestId), message.RequestedBy, cancellationToken);
        await starter.StartNextAsync(work, message.Pipeline, cancellationToken);
    }

    public Task HandleAsync(ModelPromoted message, IUnitOfWork work, CancellationToken cancellationToken) => LookAgainAsync(work, message.Pipeline, cancellationToken);

    public Task HandleAsync(DeploymentChanged message, IUnitOfWork work, CancellationToken cancellationToken) =>
        message.Stage is DeploymentStages.Full or DeploymentStages.RolledBack or DeploymentStages.Superseded ? LookAgainAsync(work, message.Pipeline, cancellationToken) : Task.CompletedTask;

    /// <summary>First what counts as learned, then the run that replays it.</summary>
    private async Task LookAgainAsync(IUnitOfWork work, string pipeline, CancellationToken cancellationToken)
    {
        await PipelineTurn.TakeAsync(work, pipeline, cancellationToken);
        await rolledBack.ApplyAsync(work, pipeline, cancellationToken);
        await starter.StartNextAsync(work, pipeline, cancellationToken);
    }
}
