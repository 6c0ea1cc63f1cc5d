using System.Text.Json;
using System.Text.RegularExpressions;

namespace AlignOps.Rewards.Instructions.Kinds;

/// <summary>Marks that an answer must bear.</summary>
internal static class FormatKinds
{
    private const RegexOptions Plain = RegexOptions.CultureInvariant | RegexOptions.NonBacktracking;
    private const RegexOptions ByLine = Plain | RegexOptions.Multiline;

    private static readonly string[] Answers = ["My answer is yes.", "My answer is no.", "My answer is maybe."];
    private static readonly string[] JsonFences = ["```json", "```Json", "```JSON", "```"];

    private static readonly Regex Placeholder = new(@"\[.*?\]", Plain);
    private static readonly Regex Star = new(@"^\s*\*[^\*].*$", ByLine), Dash = new(@"^\s*-.*$", ByLine);
    private static readonly Regex Highlight = new(@"\*[^\n\*]*\*", Plain), DoubleHighlight = new(@"\*\*[^\n\*]*\*\*", Plain);
    private static readonly Regex TitleMarks = new(@"<<[^\n]+>>", Plain);

    public static readonly IReadOnlyDictionary<string, Func<InstructionArguments, Func<string, bool>?>> All = new Dictionary<string, Func<InstructionArguments, Func<string, bool>?>>
    {
        ["detectable_content:number_placeholders"] = arguments => arguments.Count("num_placeholders") is { } least ? text => Placeholder.Count(text) >= least : null,
        ["detectable_content:postscript"] = arguments => arguments.Text("postscript_marker")?.Trim() is { Length: > 0 } marker ? Postscript(marker) : null,
        ["detectable_format:number_bullet_lists"] = arguments => arguments.Count("num_bullets") is { } count ? text => Star.Count(text) + Dash.Count(text) == count : null,
        ["detectable_format:constrained_response"] = _ => text => Answers.Any(answer => text.Contains(answer, StringComparison.Ordinal)),
        ["detectable_format:number_highlighted_sections"] = arguments => arguments.Count("num_highlights") is { } least ? text => Highlights(text) >= least : null,
        ["detectable_format:multiple_sections"] = Sections,
        ["detectable_format:json_format"] = _ => IsJson,
        ["detectable_format:title"] = _ => text => TitleMarks.Matches(text).Any(title => title.Value.TrimStart('<').TrimEnd('>').Trim().Length > 0),
    };

    private static Func<string, bool> Postscript(string marker)
    {
        var pattern = marker switch
        {
            "P.P.S" => @"p\.\s?p\.\s?s",
            "P.S." => @"p\.\s?s\.",
            _ => Regex.Escape(marker.ToLowerInvariant()),
        };
        var marks = new Regex(pattern, Plain);
        return text => marks.IsMatch(text.ToLowerInvariant());
    }

    private static int Highlights(string text) =>
        Highlight.Matches(text).Count(one => one.Value.Trim('*').Trim().Length > 0) + DoubleHighlight.Matches(text).Count(one => one.Value[2..^2].Trim().Length > 0);

    private static Func<string, bool>? Sections(InstructionArguments arguments)
    {
        if (arguments.Text("section_spliter")?.Trim() is not { Length: > 0 } mark || arguments.Count("num_sections") is not { } least) return null;
        var start = new Regex($@"\s?{Regex.Escape(mark)}\s?\d+\s?", Plain);
        return text => start.Count(text) >= least;
    }

    private static bool IsJson(string text)
    {
        text = text.Trim();
        foreach (var fence in JsonFences)
        {
            text = text.StartsWith(fence, StringComparison.Ordinal) ? text[fence.Length..] : text;
        }

        text = text.EndsWith("```", StringComparison.Ordinal) ? text[..^3] : text;
        try
        {
            using var _ = JsonDocument.Parse(text.Trim());
            return true;
        }
        catch (Exception fault) when (fault is JsonException or ArgumentException)
        {
            return false;
        }
    }
}
