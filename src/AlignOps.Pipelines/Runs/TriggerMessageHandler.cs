using AlignOps.Contracts.Registry;
using AlignOps.Contracts.Runs;
using AlignOps.Pipelines.Storage;
using AlignOps.Platform.Messaging;
using AlignOps.Platform.Storage;

namespace AlignOps.Pipelines.Runs;

/// <summary>What starts a run without a batch, and the promotion that lets waiting ones start.</summary>
internal sealed class TriggerMessageHandler(TriggerStore triggers, RunStarter starter) :
    IHandle<ScheduleFired>,
    IHandle<RunRequested>,
    IHandle<ModelPromoted>
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

    public async Task HandleAsync(ModelPromoted message, IUnitOfWork work, CancellationToken cancellationToken)
    {
        await PipelineTurn.TakeAsync(work, message.Pipeline, cancellationToken);
        await starter.StartNextAsync(work, message.Pipeline, cancellationToken);
    }
}
