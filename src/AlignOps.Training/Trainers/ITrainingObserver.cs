namespace AlignOps.Training.Trainers;

/// <summary>Hears of a training while it runs. An exception from here ends it.</summary>
public interface ITrainingObserver
{
    ValueTask StepAsync(StepReport report, CancellationToken cancellationToken);

    /// <summary>A checkpoint stands whole in its own directory; it is removed after the next one.</summary>
    ValueTask CheckpointAsync(string directory, int step, CancellationToken cancellationToken);
}
