using AlignOps.Contracts;
using AlignOps.Models.Policies;
using AlignOps.Models.Tokenization;
using AlignOps.Platform.Blobs;

namespace AlignOps.Serving.Policies;

/// <summary>From the blob store through the engine of this deployment.</summary>
internal sealed class EnginePolicyLoader(IBlobStore blobs, IPolicyEngine engine, TimeProvider clock) : IPolicyLoader
{
    public async Task<LoadedPolicy> LoadAsync(ModelRef model, CancellationToken cancellationToken)
    {
        var checkpoint = await blobs.MaterializeAsync(model.Checkpoint, cancellationToken);
        var adapter = model.Adapter is null ? null : await blobs.MaterializeAsync(model.Adapter, cancellationToken);
        return await Task.Run(() => new LoadedPolicy(engine.Load(checkpoint, adapter), Tokenizer.Load(checkpoint, clock)), cancellationToken);
    }
}
