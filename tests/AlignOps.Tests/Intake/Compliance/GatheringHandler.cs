using AlignOps.Contracts.Batches;
using AlignOps.Contracts.Runs;
using AlignOps.Platform.Messaging;
using AlignOps.Platform.Storage;

namespace AlignOps.Tests.Intake.Compliance;

internal sealed class GatheringHandler(Gathered gathered) : IHandle<BatchAccepted>, IHandle<DatasetPublished>, IHandle<StepFailed>
{
    public Task HandleAsync(BatchAccepted message, IUnitOfWork work, CancellationToken cancellationToken) => Add(message);

    public Task HandleAsync(DatasetPublished message, IUnitOfWork work, CancellationToken cancellationToken) => Add(message);

    public Task HandleAsync(StepFailed message, IUnitOfWork work, CancellationToken cancellationToken) => Add(message);

    private Task Add(object message)
    {
        gathered.Add(message);
        return Task.CompletedTask;
    }
}
