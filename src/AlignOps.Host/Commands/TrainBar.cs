using AlignOps.Training.Metrics;
using AlignOps.Training.Trainers;
using Spectre.Console;

namespace AlignOps.Host.Commands;

/// <summary>A training as a bar on a terminal.</summary>
internal sealed class TrainBar(ProgressTask bar) : ITrainingObserver
{
    private readonly TrainingSpeed _speed = new(TimeProvider.System);
    private bool _started;

    public void ReferenceScored(int done, int total) => bar.Description = Markup.Escape(TrainProgress.Scored(done, total));

    public ValueTask StepAsync(StepReport report, CancellationToken cancellationToken)
    {
        _speed.Add(report);
        bar.MaxValue = report.TotalSteps;
        bar.Value = report.Step;
        bar.Description = Markup.Escape(TrainProgress.Describe(report, _speed.TokensPerSecond, _speed.Left));
        if (!_started && report.Step > 1)
        {
            AnsiConsole.WriteLine(TrainProgress.Resumed(report));
        }

        _started = true;
        return ValueTask.CompletedTask;
    }

    public ValueTask CheckpointAsync(string directory, int step, CancellationToken cancellationToken) => ValueTask.CompletedTask;
}
