using AlignOps.Training.Trainers;

namespace AlignOps.Training.Raft;

/// <summary>Tells of a round's steps as those of all rounds; its checkpoints stay here, where the round's samples are.</summary>
internal sealed class RoundObserver(ITrainingObserver observer, int round, int rounds) : ITrainingObserver
{
    public ValueTask StepAsync(StepReport report, CancellationToken cancellationToken) => observer.StepAsync(
        report with { Step = ((round - 1) * report.TotalSteps) + report.Step, TotalSteps = rounds * report.TotalSteps }, cancellationToken);

    public ValueTask CheckpointAsync(string directory, int step, CancellationToken cancellationToken) => ValueTask.CompletedTask;
}
