namespace AlignOps.Training.Trainers;

/// <summary>Shows each step to someone and lets checkpoints be.</summary>
public sealed class StepCallback(Action<StepReport>? show = null) : ITrainingObserver
{
    public ValueTask StepAsync(StepReport report, CancellationToken cancellationToken)
    {
        show?.Invoke(report);
        return ValueTask.CompletedTask;
    }

    public ValueTask CheckpointAsync(string directory, int step, CancellationToken cancellationToken) => ValueTask.CompletedTask;
}
