using System.Text.RegularExpressions;

namespace AlignOps.Rewards.Instructions.Kinds;

/// <summary>What must and must not be said. Keywords are words and not patterns.</summary>
internal static class KeywordKinds
{
    private const RegexOptions AnyCase = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking;

    public static readonly IReadOnlyDictionary<string, Func<InstructionArguments, Func<string, bool>?>> All = new Dictionary<string, Func<InstructionArguments, Func<string, bool>?>>
    {
        ["keywords:existence"] = arguments => arguments.Texts("keywords") is { } words ? text => words.All(word => Occurrences(text, word) > 0) : null,
        ["keywords:forbidden_words"] = arguments => arguments.Texts("forbidden_words") is { } words ? text => !words.Any(word => Regex.IsMatch(text, $@"\b{Regex.Escape(word)}\b", AnyCase)) : null,
        ["keywords:frequency"] = arguments => arguments.Text("keyword")?.Trim() is { Length: > 0 } word && arguments.Bound("relation", "frequency") is { } bound ? text => bound(Occurrences(text, word)) : null,
        ["keywords:letter_frequency"] = Letter,
        ["change_case:capital_word_frequency"] = arguments => arguments.Bound("capital_relation", "capital_frequency") is { } bound ? text => bound(AnswerText.CapitalWords(text)) : null,
    };

    private static Func<string, bool>? Letter(InstructionArguments arguments)
    {
        if (arguments.Text("letter")?.ToLowerInvariant() is not [>= 'a' and <= 'z' and var letter] || arguments.Bound("let_relation", "let_frequency") is not { } bound) return null;
        return text => bound(text.ToLowerInvariant().Count(c => c == letter));
    }

    private static int Occurrences(string text, string word) => Regex.Count(text, Regex.Escape(word), AnyCase);
}
