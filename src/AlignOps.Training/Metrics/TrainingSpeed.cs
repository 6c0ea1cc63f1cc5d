using AlignOps.Training.Trainers;

namespace AlignOps.Training.Metrics;

/// <summary>
/// Tokens a second and the time left, over the latest minute of this attempt: what came before was another machine's work, or loading.
/// </summary>
public sealed class TrainingSpeed(TimeProvider time)
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly Queue<(long At, int Step, long Tokens)> _steps = new();

    /// <summary>0 until two steps are done.</summary>
    public double TokensPerSecond { get; private set; }

    /// <summary>Null until two steps are done.</summary>
    public TimeSpan? Left { get; private set; }

    public void Add(StepReport report)
    {
        long now = time.GetTimestamp();
        while (_steps.Count > 1 && time.GetElapsedTime(_steps.Peek().At, now) > Window)
        {
            _steps.Dequeue();
        }

        if (_steps.TryPeek(out var first) && time.GetElapsedTime(first.At, now).TotalSeconds is var seconds and > 0)
        {
            TokensPerSecond = (report.Tokens - first.Tokens) / seconds;
            Left = TimeSpan.FromSeconds(seconds / (report.Step - first.Step) * (report.TotalSteps - report.Step));
        }

        _steps.Enqueue((now, report.Step, report.Tokens));
    }
}
