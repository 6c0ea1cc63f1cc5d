using AlignOps.Data.Languages;

namespace AlignOps.Rewards.Instructions.Kinds;

/// <summary>What holds of an answer from end to end.</summary>
internal static class WholeAnswerKinds
{
    private const string BetweenResponses = "******";

    public static readonly IReadOnlyDictionary<string, Func<InstructionArguments, Func<string, bool>?>> All = new Dictionary<string, Func<InstructionArguments, Func<string, bool>?>>
    {
        ["language:response_language"] = arguments => arguments.Text("language") is { } language ? text => IsIn(text, language) : null,
        ["change_case:english_capital"] = _ => text => AnswerText.IsUpper(text) && IsIn(text, "en"),
        ["change_case:english_lowercase"] = _ => text => AnswerText.IsLower(text) && IsIn(text, "en"),
        ["punctuation:no_comma"] = _ => text => !text.Contains(','),
        ["startend:end_checker"] = arguments => arguments.Text("end_phrase")?.Trim() is { Length: > 0 } end
            ? text => text.Trim().Trim('"').ToLowerInvariant().EndsWith(end.ToLowerInvariant(), StringComparison.Ordinal) : null,
        ["startend:quotation"] = _ => text => text.Trim() is ['"', .., '"'],
        ["combination:two_responses"] = _ => TwoResponses,
        ["combination:repeat_prompt"] = arguments => arguments.Text("prompt_to_repeat")?.Trim() is { Length: > 0 } prompt
            ? text => text.Trim().ToLowerInvariant().StartsWith(prompt.ToLowerInvariant(), StringComparison.Ordinal) : null,
    };

    /// <summary>A text without a letter is of no language and breaks no rule about it.</summary>
    private static bool IsIn(string text, string language) => !text.Any(char.IsLetter) || LanguageGuess.Of(text) == language.Split('-')[0];

    private static bool TwoResponses(string text)
    {
        string[] parts = [.. text.Split(BetweenResponses).Select(part => part.Trim())];
        string[] filled = [.. parts.Where(part => part.Length > 0)];
        return !parts.Skip(1).SkipLast(1).Contains("") && filled.Length == 2 && filled[0] != filled[1];
    }
}
