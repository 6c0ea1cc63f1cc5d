namespace AlignOps.Platform.Definitions;

/// <summary>
/// Reads pipeline definitions by digest, so that a run is held to the policy it started with. A definition is a tree blob of
/// <c>pipeline.yaml</c> and the suite files beside it.
/// </summary>
public interface IPipelineDefinitions
{
    /// <summary>A service's section, defaults where the file is silent.</summary>
    Task<T> SectionAsync<T>(string definitionDigest, CancellationToken cancellationToken) where T : class, new();

    /// <summary>The local folder of the definition: pipeline.yaml and what it names by relative path.</summary>
    Task<string> DirectoryAsync(string definitionDigest, CancellationToken cancellationToken);
}
