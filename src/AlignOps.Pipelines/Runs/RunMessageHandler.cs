using AlignOps.Contracts.Runs;
using AlignOps.Platform.Messaging;
using AlignOps.Platform.Storage;

namespace AlignOps.Pipelines.Runs;

/// <summary>What the steps of a run answer.</summary>
internal sealed class RunMessageHandler(RunCoordinator runs) :
    IHandle<DatasetPublished>,
    IHandle<SynthesisCompleted>,
    IHandle<CandidateTrained>,
    IHandle<CandidateEvaluated>,
    IHandle<GateDecided>,
    IHandle<StepFailed>
{
    public Task HandleAsync(DatasetPublished message, IUnitOfWork work, CancellationToken cancellationToken) =>
        runs.AdvanceAsync(work, message.RunId, message, cancellationToken);

    public Task HandleAsync(SynthesisCompleted message, IUnitOfWork work, CancellationToken cancellationToken) =>
        runs.AdvanceAsync(work, message.RunId, message, cancellationToken);

    public Task HandleAsync(CandidateTrained message, IUnitOfWork work, CancellationToken cancellationToken) =>
        runs.AdvanceAsync(work, message.RunId, message, cancellationToken);

    public Task HandleAsync(CandidateEvaluated message, IUnitOfWork work, CancellationToken cancellationToken) =>
        runs.AdvanceAsync(work, message.RunId, message, cancellationToken);

    public Task HandleAsync(GateDecided message, IUnitOfWork work, CancellationToken cancellationToken) =>
        runs.AdvanceAsync(work, message.RunId, message, cancellationToken);

    public Task HandleAsync(StepFailed message, IUnitOfWork work, CancellationToken cancellationToken) =>
        runs.AdvanceAsync(work, message.RunId, message, cancellationToken);
}
