using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace AlignOps.Tests.Architecture.Schema;

/// <summary>The summaries of a type and its properties, read from its source, as plain sentences.</summary>
internal static partial class DocComments
{
    private static readonly Lazy<Dictionary<string, string>> FilesByType = new(() =>
        SourceTree.SourceFiles("src").GroupBy(path => Path.GetFileNameWithoutExtension(path)).ToDictionary(group => group.Key, group => group.First(), StringComparer.Ordinal));

    public static string? Of(Type type) => Above(type, line => Regex.IsMatch(line, $@"\b(record|class|enum) {type.Name}\b"));

    public static string? Of(Type type, string property) => Above(type, line => Regex.IsMatch(line, $@"^\s*public .*\b{property} \{{ get;"));

    private static string? Above(Type type, Func<string, bool> declares)
    {
        if (!FilesByType.Value.TryGetValue(type.Name, out var path)) return null;
        var lines = File.ReadAllLines(path);
        var at = Array.FindIndex(lines, line => declares(line));
        if (at < 0) return null;

        var comment = new StringBuilder();
        while (at > 0 && lines[at - 1].TrimStart() is ['[', ..]) at--;
        var first = at;
        while (first > 0 && lines[first - 1].TrimStart().StartsWith("///", StringComparison.Ordinal)) first--;
        for (var i = first; i < at; i++) comment.Append(lines[i].TrimStart()[3..].Trim()).Append(' ');
        return Summary().Match(comment.ToString()) is { Success: true } match ? Plain(match.Groups[1].Value) : null;
    }

    private static string Plain(string xml)
    {
        var text = Reference().Replace(xml, match => match.Groups[1].Value.Split('.')[^1]);
        return WebUtility.HtmlDecode(Space().Replace(Tag().Replace(text, ""), " ")).Trim();
    }

    [GeneratedRegex("<summary>(.*?)</summary>", RegexOptions.Singleline)]
    private static partial Regex Summary();

    [GeneratedRegex("<see cref=\"([^\"]+)\"\\s*/>")]
    private static partial Regex Reference();

    [GeneratedRegex("<[^>]+>")]
    private static partial Regex Tag();

    [GeneratedRegex("\\s+")]
    private static partial Regex Space();
}
