using System.Text.RegularExpressions;

namespace AlignOps.Evaluation.Judging.Llm.Reading;

/// <summary>
/// Finds a verdict in double brackets: the one pair of them, one of those offered, alone on its last line. Anything else is unscored, with the reason; a judge that quotes an
/// answer's fake verdict says two things, and nobody picks one for it.
/// </summary>
internal static partial class BracketReader
{
    internal const string Version = "last, unique, offered 1";

    /// <param name="label">May stand before the brackets, such as <c>Rating:</c>.</param>
    public static Found<string> Read(string text, Func<string, bool> offered, string label = "")
    {
        var found = Brackets().Matches(text);
        if (found.Count != 1) return Found<string>.None(found.Count == 0 ? UnscoredReasons.NoVerdict : UnscoredReasons.TwoVerdicts);
        if (!offered(found[0].Groups[1].Value)) return Found<string>.None(UnscoredReasons.NotOffered);
        return AloneAtTheEnd(text, found[0], label) ? new(found[0].Groups[1].Value, null) : Found<string>.None(UnscoredReasons.NotLast);
    }

    /// <summary>Emphasis and a full stop are let pass: models write <c>**[[A]]**</c>.</summary>
    private static bool AloneAtTheEnd(string text, Match verdict, string label)
    {
        var lineStart = text.LastIndexOf('\n', Math.Max(0, verdict.Index - 1)) + 1;
        var before = (verdict.Index == 0 ? "" : text[lineStart..verdict.Index]).Trim(' ', '\t', '\r', '*', '_', '`');
        if (label.Length > 0 && before.StartsWith(label, StringComparison.OrdinalIgnoreCase)) before = before[label.Length..].Trim(' ', '\t', '*', '_', '`');
        return before.Length == 0 && text[(verdict.Index + verdict.Length)..].Trim(' ', '\t', '\r', '\n', '*', '_', '`', '.').Length == 0;
    }

    [GeneratedRegex(@"\[\[([^\[\]]*)\]\]")]
    private static partial Regex Brackets();
}
