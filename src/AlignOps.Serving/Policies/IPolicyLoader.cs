using AlignOps.Contracts;

namespace AlignOps.Serving.Policies;

internal interface IPolicyLoader
{
    /// <summary>Loads a policy by its content; the caller disposes the model.</summary>
    Task<LoadedPolicy> LoadAsync(ModelRef model, CancellationToken cancellationToken);
}
