using System.Text.Json;
using AlignOps.Contracts.Runs;
using AlignOps.Platform.Jobs;
using AlignOps.Platform.Messaging;
using AlignOps.Platform.Storage;

namespace AlignOps.Intake.Datasets;

/// <summary>Records the building as a job: it reads every row of every learned batch.</summary>
internal sealed class BuildDatasetHandler(IJobQueue jobs) : IHandle<BuildDataset>
{
    public Task HandleAsync(BuildDataset message, IUnitOfWork work, CancellationToken cancellationToken) => jobs.EnqueueAsync(
        work,
        DatasetJob.JobKind,
        $"{message.RunId}/{(message.SyntheticDigest is null ? 0 : 1)}",
        message.RunId,
        JsonSerializer.Serialize(message, JsonSerializerOptions.Web),
        cancellationToken);
}
