using AlignOps.Contracts.Registry;
using AlignOps.Platform.Messaging;

namespace AlignOps.Serving.Policies;

/// <summary>A stage or a rollback counts at once instead of at the next poll.</summary>
internal sealed class DeploymentChangedListener(ChampionWatcher watcher) : IListen<DeploymentChanged>
{
    public Task HearAsync(DeploymentChanged message, CancellationToken cancellationToken)
    {
        watcher.Wake();
        return Task.CompletedTask;
    }
}
