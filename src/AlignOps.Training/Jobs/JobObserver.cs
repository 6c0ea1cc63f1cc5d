using System.Text.Json;
using AlignOps.Platform.Blobs;
using AlignOps.Platform.Jobs;
using AlignOps.Training.Metrics;
using AlignOps.Training.Trainers;
using Microsoft.Extensions.Logging;

namespace AlignOps.Training.Jobs;

/// <summary>Carries a training's progress to its job row, and its checkpoints to the blob store, so that another machine can resume it.</summary>
internal sealed partial class JobObserver(JobContext job, IBlobStore blobs, TimeProvider time, ILogger logger, CancellationToken stopping) : ITrainingObserver
{
    private readonly LossCurve _curve = new();
    private (long Tokens, long At)? _first;

    public async ValueTask StepAsync(StepReport report, CancellationToken cancellationToken)
    {
        TrainingMeter.Record(report);

        // Speed is counted from this attempt's first step: what came before was another machine's work, or loading.
        (long tokens, long at) = _first ??= (report.Tokens, time.GetTimestamp());
        _curve.Add(report.Step, report.Loss);
        double seconds = time.GetElapsedTime(at).TotalSeconds;
        string detail = JsonSerializer.Serialize(
            new
            {
                report.Step,
                report.TotalSteps,
                Loss = Math.Round(report.Loss, 4),
                TokensPerSecond = seconds > 0 ? Math.Round((report.Tokens - tokens) / seconds) : 0,
                Curve = _curve.Points,
            },
            JsonSerializerOptions.Web);
        await job.Progress.ReportAsync((double)report.Step / report.TotalSteps, detail, cancellationToken);
    }

    public async ValueTask CheckpointAsync(string directory, int step, CancellationToken cancellationToken)
    {
        try
        {
            string tree = await blobs.PutDirectoryAsync(directory, cancellationToken);
            await job.Progress.CheckpointAsync(JsonSerializer.Serialize(new JobCheckpoint(step, tree), JsonSerializerOptions.Web), cancellationToken);
        }
        catch (Exception fault) when (stopping.IsCancellationRequested)
        {
            LogKeptHere(fault, job.RunId, step);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Training of {RunId} stops at step {Step}; its checkpoint stays on this machine only")]
    private partial void LogKeptHere(Exception fault, string runId, int step);
}
