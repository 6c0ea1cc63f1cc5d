using System.Globalization;
using System.Text.Json;
using AlignOps.Contracts;
using AlignOps.Contracts.Runs;
using AlignOps.Data.Datasets;
using AlignOps.Data.Feedback;
using AlignOps.Models.Policies;
using AlignOps.Platform.Blobs;
using AlignOps.Platform.Definitions;
using AlignOps.Platform.Jobs;
using AlignOps.Platform.Storage;
using AlignOps.Rewards;
using AlignOps.Training.Checkpoints;
using AlignOps.Training.Definitions;
using AlignOps.Training.Runs;
using Dapper;
using Microsoft.Extensions.Logging;

namespace AlignOps.Training.Jobs;

/// <summary>
/// Trains a run's candidate. Its result is a function of the message: an attempt that resumes elsewhere, from whichever checkpoint it can reach,
/// ends in the same adapter.
/// </summary>
internal sealed partial class TrainJob(
    IPolicyEngine engine, VerifierCatalogue verifiers, IBlobStore blobs, IPipelineDefinitions definitions, TimeProvider time, ILogger<TrainJob> logger) : IJobHandler
{
    public const string JobKind = "training.train";

    public string Kind => JobKind;

    public async Task<JobResult> RunAsync(JobContext job, CancellationToken cancellationToken)
    {
        TrainCandidate message = JsonSerializer.Deserialize<TrainCandidate>(job.Payload, JsonSerializerOptions.Web)!;
        TrainingSection section = await definitions.SectionAsync<TrainingSection>(message.DefinitionDigest, cancellationToken);
        DatasetManifest manifest = DatasetJson.Read(await blobs.ReadTextAsync(message.DatasetDigest, cancellationToken));
        string folder = Path.Combine(job.WorkDirectory, "checkpoints");
        await FetchCheckpointAsync(job, folder, cancellationToken);
        string output = Path.Combine(job.WorkDirectory, "adapter");
        var request = new AdapterTrainingRequest(
            section,
            TrainingRecipe.Seed(section, message.Seed),
            await blobs.MaterializeAsync(message.Start.Checkpoint, cancellationToken),
            message.Start.Adapter is { } adapter ? await blobs.MaterializeAsync(adapter, cancellationToken) : null,
            $"{message.Start.Checkpoint} {message.Start.Adapter}",
            await RowsAsync(manifest.Train, cancellationToken),
            await RowsAsync(manifest.HeldOut, cancellationToken),
            folder,
            output,
            DatasetDigest: message.DatasetDigest,
            ReferenceFolder: Path.Combine(Path.GetDirectoryName(job.WorkDirectory)!, "reference-scores"),
            FailureFolder: Path.Combine(Path.GetDirectoryName(job.WorkDirectory)!, "failed", job.JobId));
        AdapterTrainingResult result = await new AdapterTraining(engine, verifiers)
            .RunAsync(request, new JobObserver(job, blobs, time, logger, cancellationToken), cancellationToken);

        var candidate = new ModelRef(message.Start.Checkpoint, await blobs.PutDirectoryAsync(output, cancellationToken));
        await using FileStream metrics = File.OpenRead(result.Summary.MetricsFile);
        string metricsDigest = await blobs.PutAsync(metrics, cancellationToken);
        var trained = new CandidateTrained(message.RunId, candidate, metricsDigest, result.Summary.Steps, result.Summary.Tokens);
        return new JobResult(
            string.Create(CultureInfo.InvariantCulture, $"{trained.Steps} steps on {result.Examples} rows, loss {result.Summary.FinalLoss:F4}"), (work, token) => CommitAsync(trained, result, work, token));
    }

    private async Task<IReadOnlyList<FeedbackRow>> RowsAsync(string digest, CancellationToken cancellationToken)
    {
        await using Stream content = await blobs.OpenAsync(digest, cancellationToken);
        return await DatasetJson.ReadRowsAsync(content, cancellationToken);
    }

    /// <summary>Brings the recorded checkpoint here, unless this machine has a later one of its own.</summary>
    private async Task FetchCheckpointAsync(JobContext job, string folder, CancellationToken cancellationToken)
    {
        if (job.Checkpoint is null || JsonSerializer.Deserialize<JobCheckpoint>(job.Checkpoint, JsonSerializerOptions.Web) is not { } saved)
        {
            return;
        }

        try
        {
            CheckpointFolder.Import(folder, saved.Step, await blobs.MaterializeAsync(saved.Tree, cancellationToken));
        }
        catch (BlobMissingException fault)
        {
            LogCheckpointMissing(fault, job.RunId, saved.Step);
        }
    }

    private async Task CommitAsync(CandidateTrained trained, AdapterTrainingResult result, IUnitOfWork work, CancellationToken cancellationToken)
    {
        await work.Connection.ExecuteAsync(
            """
            insert into training_candidate
                (run_id, checkpoint, adapter, metrics_digest, steps, tokens, final_loss, examples, skipped, eval_accuracy, eval_nll, at)
            values
                (@RunId, @Checkpoint, @Adapter, @MetricsDigest, @Steps, @Tokens, @FinalLoss, @Examples, @Skipped, @Accuracy, @NegativeLogLikelihood, @At)
            on conflict (run_id) do nothing
            """,
            new
            {
                trained.RunId,
                trained.Candidate.Checkpoint,
                trained.Candidate.Adapter,
                trained.MetricsDigest,
                trained.Steps,
                trained.Tokens,
                result.Summary.FinalLoss,
                result.Examples,
                Skipped = JsonSerializer.Serialize(result.Skipped),
                Accuracy = result.Summary.HeldOut.PreferenceAccuracy,
                NegativeLogLikelihood = result.Summary.HeldOut.MeanNegativeLogLikelihood,
                At = time.GetUtcNow().ToUnixTimeMilliseconds(),
            },
            work.Transaction);
        await work.PublishAsync(trained, $"{trained.RunId}/trained", cancellationToken);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The checkpoint of {RunId} at step {Step} is gone; its training begins anew")]
    private partial void LogCheckpointMissing(Exception fault, string runId, int step);
}
