using AlignOps.Contracts.Registry;
using AlignOps.Platform.Messaging;

namespace AlignOps.Serving.Policies;

/// <summary>A promotion is served at once instead of at the next poll.</summary>
internal sealed class ModelPromotedListener(ChampionWatcher watcher) : IListen<ModelPromoted>
{
    public Task HearAsync(ModelPromoted message, CancellationToken cancellationToken)
    {
        watcher.Wake();
        return Task.CompletedTask;
    }
}
