using AlignOps.Training.Trainers;

namespace AlignOps.Training.Raft;

/// <summary>Tells of a round's steps as those of all rounds; its checkpoints stay here, where the round's samples are.</summary>
/// <param name="steps">Of the rounds before.</param>
/// <param name="tokens">Of the rounds before.</param>
/// <param name="rounds">This one and those to come, which are taken to be as long.</param>
internal sealed class RoundObserver(ITrainingObserver observer, int steps, long tokens, int rounds) : ITrainingObserver
{
    public ValueTask StepAsync(StepReport report, CancellationToken cancellationToken) => observer.StepAsync(
        report with { Step = steps + report.Step, TotalSteps = steps + (rounds * report.TotalSteps), Tokens = tokens + report.Tokens }, cancellationToken);

    public ValueTask CheckpointAsync(string directory, int step, CancellationToken cancellationToken) => ValueTask.CompletedTask;
}
