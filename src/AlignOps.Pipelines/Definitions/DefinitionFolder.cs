using System.Globalization;
using System.Text;

namespace AlignOps.Pipelines.Definitions;

/// <summary>A pipeline's folder: <c>pipeline.yaml</c>, <c>suites/**</c> and <c>labels/**</c> are its definition, whatever else lies there is not.</summary>
internal sealed record DefinitionFolder(string Pipeline, string Path)
{
    public const string FileName = "pipeline.yaml";

    /// <summary>Questions, and what people said of answers.</summary>
    private static readonly string[] Folders = ["labels", "suites"];

    public string File => System.IO.Path.Combine(Path, FileName);

    /// <summary>Every pipeline's folder, by name.</summary>
    public static IReadOnlyList<DefinitionFolder> All(string pipelinesDirectory) => Directory.Exists(pipelinesDirectory)
        ? [.. Directory.EnumerateDirectories(pipelinesDirectory)
            .Select(path => new DefinitionFolder(System.IO.Path.GetFileName(path), path))
            .Where(folder => System.IO.File.Exists(folder.File))
            .OrderBy(folder => folder.Pipeline, StringComparer.Ordinal)]
        : [];

    public static DefinitionFolder? Find(string pipelinesDirectory, string pipeline) =>
        All(pipelinesDirectory).FirstOrDefault(folder => folder.Pipeline == pipeline);

    /// <summary>Changes when a file of the definition does.</summary>
    public string Stamp()
    {
        var stamp = new StringBuilder();
        foreach (var (relative, path) in Files())
        {
            var file = new FileInfo(path);
            stamp.Append(CultureInfo.InvariantCulture, $"{relative} {(file.Exists ? file.Length : -1)} {(file.Exists ? file.LastWriteTimeUtc.Ticks : 0)}\n");
        }

        return stamp.ToString();
    }

    /// <summary>Copies the definition's files, and nothing else, to a folder that nobody edits.</summary>
    public DefinitionCopy Copy()
    {
        var copy = new DefinitionCopy(Pipeline);
        try
        {
            foreach (var (relative, path) in Files())
            {
                var target = System.IO.Path.Combine(copy.Folder.Path, relative);
                Directory.CreateDirectory(System.IO.Path.GetDirectoryName(target)!);
                System.IO.File.Copy(path, target);
            }

            return copy;
        }
        catch
        {
            copy.Dispose();
            throw;
        }
    }

    private IEnumerable<(string Relative, string Path)> Files()
    {
        var folders = Folders.Select(name => System.IO.Path.Combine(Path, name)).Where(Directory.Exists);
        return folders.SelectMany(folder => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)).Append(File)
            .Select(path => (Relative: System.IO.Path.GetRelativePath(Path, path), Path: path))
            .OrderBy(file => file.Relative, StringComparer.Ordinal);
    }
}
