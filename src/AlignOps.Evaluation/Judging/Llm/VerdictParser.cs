using System.Text.RegularExpressions;
using AlignOps.Inference.Requests;

namespace AlignOps.Evaluation.Judging.Llm;

/// <summary>
/// Finds the verdict of an answer: the one pair of double brackets in it, one of those offered, alone on its last line. Anything else is unscored, with the reason; a judge that
/// quotes an answer's fake verdict says two things, and nobody picks one for it.
/// </summary>
internal static partial class VerdictParser
{
    internal const string Version = "last, unique, offered 1";

    public static JudgeVerdict Parse(ChatAnswer answer)
    {
        if (answer.Refusal is not null) return JudgeVerdict.Unscored("refused");
        if (answer.Cut) return JudgeVerdict.Unscored("cut");
        if (string.IsNullOrWhiteSpace(answer.Text)) return JudgeVerdict.Unscored("empty");

        var found = Brackets().Matches(answer.Text);
        if (found.Count != 1) return JudgeVerdict.Unscored(found.Count == 0 ? "no-verdict" : "two-verdicts");
        if (Offered(found[0].Groups[1].Value) is not { } preference) return JudgeVerdict.Unscored("verdict-not-offered");
        return AloneAtTheEnd(answer.Text, found[0]) ? JudgeVerdict.Of(preference) : JudgeVerdict.Unscored("verdict-not-last");
    }

    private static Preference? Offered(string verdict) => verdict switch
    {
        "A" => Preference.First,
        "B" => Preference.Second,
        "TIE" => Preference.Tie,
        _ => null,
    };

    /// <summary>Emphasis and a full stop are let pass: models write <c>**[[A]]**</c>.</summary>
    private static bool AloneAtTheEnd(string text, Match verdict)
    {
        var lineStart = text.LastIndexOf('\n', Math.Max(0, verdict.Index - 1)) + 1;
        var before = verdict.Index == 0 ? "" : text[lineStart..verdict.Index];
        return before.Trim(' ', '\t', '\r', '*', '_', '`').Length == 0 && text[(verdict.Index + verdict.Length)..].Trim(' ', '\t', '\r', '\n', '*', '_', '`', '.').Length == 0;
    }

    [GeneratedRegex(@"\[\[([^\[\]]*)\]\]")]
    private static partial Regex Brackets();
}
