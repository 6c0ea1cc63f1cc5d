using System.Text.Json;
using AlignOps.Contracts.Runs;
using AlignOps.Platform.Jobs;
using AlignOps.Platform.Messaging;
using AlignOps.Platform.Storage;

namespace AlignOps.Synthesis.Jobs;

/// <summary>Records the synthesis as a job; a worker leases it.</summary>
internal sealed class SynthesizeHandler(IJobQueue jobs) : IHandle<Synthesize>
{
    public Task HandleAsync(Synthesize message, IUnitOfWork work, CancellationToken cancellationToken) =>
        jobs.EnqueueAsync(work, SampleJob.JobKind, message.RunId, message.RunId, JsonSerializer.Serialize(message, JsonSerializerOptions.Web), cancellationToken);
}
