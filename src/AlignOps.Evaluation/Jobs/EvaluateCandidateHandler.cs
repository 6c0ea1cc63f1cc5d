using System.Text.Json;
using AlignOps.Contracts.Runs;
using AlignOps.Platform.Jobs;
using AlignOps.Platform.Messaging;
using AlignOps.Platform.Storage;

namespace AlignOps.Evaluation.Jobs;

internal sealed class EvaluateCandidateHandler(IJobQueue jobs) : IHandle<EvaluateCandidate>
{
    public Task HandleAsync(EvaluateCandidate message, IUnitOfWork work, CancellationToken cancellationToken) =>
        jobs.EnqueueAsync(work, EvaluateJob.JobKind, message.RunId, message.RunId, JsonSerializer.Serialize(message), cancellationToken);
}
