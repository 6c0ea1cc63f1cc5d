using System.Runtime.CompilerServices;
using System.Xml.Linq;

namespace AlignOps.Tests.Architecture;

/// <summary>The checkout as the compiler saw it, for tests that read its own source.</summary>
internal static class SourceTree
{
    public static string Root { get; } = Locate();

    public static IEnumerable<string> SourceFiles(string folder) =>
        Directory.EnumerateFiles(Path.Combine(Root, folder), "*.cs", SearchOption.AllDirectories)
            .Where(path => !path.Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj" or "artifacts"));

    /// <summary>Room name → rooms it references, read from the project files.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> References() =>
        Directory.EnumerateFiles(Path.Combine(Root, "src"), "*.csproj", SearchOption.AllDirectories).ToDictionary(
            path => Room(Path.GetFileNameWithoutExtension(path)),
            path => (IReadOnlyList<string>)[.. XDocument.Load(path).Descendants("ProjectReference")
                .Select(reference => Room(Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value)))]);

    private static string Room(string project) => project.StartsWith("AlignOps.", StringComparison.Ordinal) ? project["AlignOps.".Length..] : project;

    private static string Locate([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", ".."));
}
