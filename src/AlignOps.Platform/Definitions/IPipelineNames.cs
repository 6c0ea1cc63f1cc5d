namespace AlignOps.Platform.Definitions;

/// <summary>The pipelines of this deployment, in any process of it.</summary>
public interface IPipelineNames
{
    /// <summary>All that have a sound definition, by name.</summary>
    Task<IReadOnlyList<KnownPipeline>> ListAsync(CancellationToken cancellationToken);
}
