using AlignOps.Training.Evaluation;

namespace AlignOps.Training.Trainers;

/// <summary>Hears of a training while it runs. An exception from here ends it.</summary>
public interface ITrainingObserver
{
    ValueTask StepAsync(StepReport report, CancellationToken cancellationToken);

    /// <summary>The reference policy has scored so many of the sequences that it has to score before the first step.</summary>
    void ReferenceScored(int done, int total)
    {
    }

    /// <summary>The held-out rows were measured on.</summary>
    ValueTask EvaluatedAsync(EvaluationReport report, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    /// <summary>A checkpoint stands whole in its own directory; it is removed after the next one.</summary>
    ValueTask CheckpointAsync(string directory, int step, CancellationToken cancellationToken);
}
