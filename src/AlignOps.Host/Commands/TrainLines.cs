using System.Globalization;
using AlignOps.Training.Evaluation;
using AlignOps.Training.Metrics;
using AlignOps.Training.Trainers;

namespace AlignOps.Host.Commands;

/// <summary>A training in lines: every tenth of it, every evaluation, and every step that is far from those before it.</summary>
internal sealed class TrainLines(TextWriter writer) : ITrainingObserver
{
    private const double Unusual = 5;

    private readonly TrainingSpeed _speed = new(TimeProvider.System);
    private int _tenth = -1;
    private int _scoredTenth = -1;

    public void ReferenceScored(int done, int total)
    {
        if ((int)(done * 10L / total) is var reached && reached > _scoredTenth)
        {
            _scoredTenth = reached;
            Write(TrainProgress.Scored(done, total));
        }
    }

    public ValueTask StepAsync(StepReport report, CancellationToken cancellationToken)
    {
        _speed.Add(report);
        if (_tenth < 0 && report.Step > 1)
        {
            Write(TrainProgress.Resumed(report));
        }

        int reached = report.Step * 10 / report.TotalSteps;
        if (reached > _tenth || report.Step == report.TotalSteps || report.LossZScore > Unusual || report.GradientNormZScore > Unusual)
        {
            _tenth = reached;
            Write(TrainProgress.Describe(report, _speed.TokensPerSecond, _speed.Left));
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask EvaluatedAsync(EvaluationReport report, CancellationToken cancellationToken)
    {
        if (report.Ranked.Outcomes.Count > 0 || report.Loss is not null)
        {
            IEnumerable<string> figures = report.Named.Where(f => f.Key is "eval_loss" or "eval_nll" or "eval_accuracy")
                .Select(f => string.Create(CultureInfo.InvariantCulture, $"{f.Key} {f.Value:0.0000}"));
            Write($"held out after step {report.Step}: {string.Join(", ", figures)}");
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask CheckpointAsync(string directory, int step, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    private void Write(string line)
    {
        writer.WriteLine(line);
        writer.Flush();
    }
}
