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
    private readonly TrainingSpeed _speed = new(time);

    public async ValueTask StepAsync(StepReport report, CancellationToken cancellationToken)
    {
        TrainingMeter.Record(report);
        _speed.Add(report);
        _curve.Add(report.Step, report.Loss);
        string detail = JsonSerializer.Serialize(
            new
            {
                report.Step,
                report.TotalSteps,
                Loss = Math.Round(report.Loss, 4),
                TokensPerSecond = Math.Round(_speed.TokensPerSecond),
                SecondsLeft = _speed.Left is { } left ? (double?)Math.Round(left.TotalSeconds) : null,
                LossZScore = report.LossZScore is { } z ? (double?)Math.Round(z, 2) : null,
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
