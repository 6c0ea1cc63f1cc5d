using System.Text;

namespace AlignOps.Training.Examples.Edits;

/// <summary>The way from one text to another in words, a line an edit.</summary>
internal static class WordEdits
{
    /// <summary>Lines such as <c>replace [cold] with [hot]</c>; empty where the texts have the same words.</summary>
    public static string Describe(string source, string target)
    {
        string[] from = Words(source), to = Words(target);
        var lines = new StringBuilder();
        foreach (EditStep step in EditScript.Between<string>(from, to))
        {
            string old = Join(from, step.SourceStart, step.SourceCount), added = Join(to, step.TargetStart, step.TargetCount);
            string? line = step.Kind switch
            {
                EditKind.Replace => $"replace {old} with {added}",
                EditKind.Delete => $"delete {old}",
                EditKind.Insert when step.SourceStart > 0 => $"insert {added} after {Join(from, step.SourceStart - 1, 1)}",
                EditKind.Insert => $"insert {added} at the start",
                _ => null,
            };
            if (line is not null)
            {
                lines.Append(line).Append('\n');
            }
        }

        return lines.ToString();
    }

    private static string[] Words(string text) => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    private static string Join(string[] words, int start, int count) => $"[{string.Join(' ', words, start, count)}]";
}
