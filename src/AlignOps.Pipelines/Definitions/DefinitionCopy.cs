namespace AlignOps.Pipelines.Definitions;

/// <summary>A pipeline's definition as it stood at one moment, in a folder that goes with this object.</summary>
internal sealed class DefinitionCopy(string pipeline) : IDisposable
{
    public DefinitionFolder Folder { get; } = new(pipeline, Directory.CreateTempSubdirectory("alignops-definition-").FullName);

    public void Dispose() => Directory.Delete(Folder.Path, recursive: true);
}
