using System.Text.RegularExpressions;

namespace AlignOps.Rewards.Instructions.Kinds;

/// <summary>How long, and in how many parts.</summary>
internal static partial class LengthKinds
{
    private const string Punctuation = ".,?!'\"";

    public static readonly IReadOnlyDictionary<string, Func<InstructionArguments, Func<string, bool>?>> All = new Dictionary<string, Func<InstructionArguments, Func<string, bool>?>>
    {
        ["length_constraints:number_words"] = arguments => arguments.Bound("relation", "num_words") is { } bound ? text => bound(AnswerText.Words(text)) : null,
        ["length_constraints:number_sentences"] = arguments => arguments.Bound("relation", "num_sentences") is { } bound ? text => bound(AnswerText.Sentences(text)) : null,
        ["length_constraints:number_paragraphs"] = arguments => arguments.Count("num_paragraphs") is { } count ? text => Paragraphs(text) == count : null,
        ["length_constraints:nth_paragraph_first_word"] = FirstWord,
    };

    /// <summary>Parts between <c>***</c>, of which the first and the last may be empty and do not count then; null where another is.</summary>
    private static int? Paragraphs(string text)
    {
        var parts = Divider().Split(text);
        var inner = parts.Skip(1).SkipLast(1);
        return inner.Any(string.IsNullOrWhiteSpace) ? null : parts.Count(part => !string.IsNullOrWhiteSpace(part));
    }

    private static Func<string, bool>? FirstWord(InstructionArguments arguments)
    {
        if (arguments.Count("num_paragraphs") is not { } count || arguments.Count("nth_paragraph") is not (>= 1 and var place) || place > count || arguments.Text("first_word")?.ToLowerInvariant() is not { } wanted) return null;
        return text =>
        {
            var parts = text.Split("\n\n");
            var filled = parts.Count(part => !string.IsNullOrWhiteSpace(part));

            // The place counts all parts and its bound the filled ones, as in the original.
            if (place > filled || parts[place - 1].Trim() is not { Length: > 0 } paragraph) return false;
            var word = paragraph.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[0].TrimStart('\'').TrimStart('"');
            var end = word.AsSpan().IndexOfAny(Punctuation);
            return filled == count && (end < 0 ? word : word[..end]).ToLowerInvariant() == wanted;
        };
    }

    [GeneratedRegex(@"\s?\*\*\*\s?")]
    private static partial Regex Divider();
}
