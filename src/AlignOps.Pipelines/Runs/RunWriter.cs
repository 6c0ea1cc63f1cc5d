using AlignOps.Contracts.Runs;
using AlignOps.Pipelines.Batches;
using AlignOps.Platform.Storage;

namespace AlignOps.Pipelines.Runs;

/// <summary>Commits a step as one: state, events, batch states and outgoing commands.</summary>
internal sealed class RunWriter(RunStore runs, BatchStore batches)
{
    public async Task CommitAsync(IUnitOfWork work, RunStep step, CancellationToken cancellationToken)
    {
        await runs.SaveAsync(work, step, cancellationToken);
        await batches.ApplyAsync(work, step.Batches, cancellationToken);
        foreach (var command in step.Commands)
        {
            await SendAsync(work, command, cancellationToken);
        }
    }

    private static Task SendAsync(IUnitOfWork work, RunCommand command, CancellationToken cancellationToken) => command.Message switch
    {
        BuildDataset message => work.SendAsync(message, command.Key, cancellationToken),
        Synthesize message => work.SendAsync(message, command.Key, cancellationToken),
        TrainCandidate message => work.SendAsync(message, command.Key, cancellationToken),
        EvaluateCandidate message => work.SendAsync(message, command.Key, cancellationToken),
        DecideGate message => work.SendAsync(message, command.Key, cancellationToken),
        _ => throw new InvalidOperationException($"No run sends a {command.Message.GetType().Name}."),
    };
}
