using System.Text.Json;
using AlignOps.Contracts.Runs;
using AlignOps.Platform.Jobs;
using AlignOps.Platform.Messaging;
using AlignOps.Platform.Storage;

namespace AlignOps.Training.Jobs;

/// <summary>Records the training as a job; a worker leases it.</summary>
internal sealed class TrainCandidateHandler(IJobQueue jobs) : IHandle<TrainCandidate>
{
    public Task HandleAsync(TrainCandidate message, IUnitOfWork work, CancellationToken cancellationToken) =>
        jobs.EnqueueAsync(work, TrainJob.JobKind, message.RunId, message.RunId, JsonSerializer.Serialize(message, JsonSerializerOptions.Web), cancellationToken);
}
