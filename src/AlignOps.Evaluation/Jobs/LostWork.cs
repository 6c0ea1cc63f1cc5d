using AlignOps.Contracts.Runs;
using AlignOps.Evaluation.Qualification.Examinations;
using AlignOps.Evaluation.Regression.Trials;
using AlignOps.Platform.Messaging;
using AlignOps.Platform.Storage;

namespace AlignOps.Evaluation.Jobs;

/// <summary>Ends trials and examinations whose work could not be done however often it was tried. What the steps of runs tell passes by.</summary>
internal sealed class LostWork(TrialHandler trials, TimeProvider time) : IHandle<StepFailed>
{
    public async Task HandleAsync(StepFailed message, IUnitOfWork work, CancellationToken cancellationToken)
    {
        await trials.HandleAsync(message, work, cancellationToken);
        await ExaminationStore.EndAsync(work, message.RunId, ExaminationEnd.Without(message.Code, message.Reason), time.GetUtcNow().ToUnixTimeMilliseconds(), cancellationToken);
    }
}
