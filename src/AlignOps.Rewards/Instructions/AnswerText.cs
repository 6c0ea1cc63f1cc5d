using System.Text;
using System.Text.RegularExpressions;

namespace AlignOps.Rewards.Instructions;

/// <summary>Counts of an answer's parts.</summary>
internal static partial class AnswerText
{
    private static readonly HashSet<string> Abbreviations = new(StringComparer.OrdinalIgnoreCase)
    {
        "mr", "mrs", "ms", "dr", "prof", "st", "jr", "sr", "vs", "etc", "e.g", "i.e", "inc", "ltd", "co", "corp", "no", "fig", "al", "approx", "dept", "est", "u.s", "u.k", "a.m", "p.m", "ph.d",
    };

    /// <summary>Runs of letters, numbers and low lines; marks part words, as in IFEval's own count.</summary>
    public static int Words(string text)
    {
        var words = 0;
        var inside = false;
        foreach (var rune in text.EnumerateRunes())
        {
            var part = Rune.IsLetter(rune) || Rune.IsNumber(rune) || rune.Value == '_';
            words += part && !inside ? 1 : 0;
            inside = part;
        }

        return words;
    }

    /// <summary>Sentences: up to a full stop, question or exclamation mark that stands before white space and after no abbreviation or initial. IFEval asks NLTK's punkt, which differs in rare cases.</summary>
    public static int Sentences(string text)
    {
        text = text.Trim();
        if (text.Length == 0) return 0;
        var ends = SentenceEnd().Matches(text).Count(end => end.Index + end.Length < text.Length && !IsAbbreviation(text, end));
        return ends + 1;
    }

    /// <summary>Words between white space, with a letter and every letter a capital.</summary>
    public static int CapitalWords(string text) => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Count(IsUpper);

    /// <summary>A letter with a case is there, and none is small.</summary>
    public static bool IsUpper(string text) => HasOnly(text, Rune.IsUpper, Rune.IsLower);

    /// <summary>A letter with a case is there, and none is a capital.</summary>
    public static bool IsLower(string text) => HasOnly(text, Rune.IsLower, Rune.IsUpper);

    private static bool HasOnly(string text, Func<Rune, bool> wanted, Func<Rune, bool> other)
    {
        var found = false;
        foreach (var rune in text.EnumerateRunes())
        {
            if (other(rune) || Rune.GetUnicodeCategory(rune) == System.Globalization.UnicodeCategory.TitlecaseLetter) return false;
            found |= wanted(rune);
        }

        return found;
    }

    private static bool IsAbbreviation(string text, Match end)
    {
        if (end.Value[0] != '.' || end.Value.Trim().Length > 1) return false;
        var start = end.Index;
        while (start > 0 && !char.IsWhiteSpace(text[start - 1])) start--;
        var word = text[start..end.Index].TrimStart('(', '"', '\'', '“');
        return Abbreviations.Contains(word) || (word.Length == 1 && char.IsUpper(word[0]) && word != "I");
    }

    [GeneratedRegex(@"[.!?]+[""'”’\)\]\*]*\s+")]
    private static partial Regex SentenceEnd();
}
