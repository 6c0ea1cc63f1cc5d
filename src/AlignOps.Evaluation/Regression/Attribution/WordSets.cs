using System.Globalization;

namespace AlignOps.Evaluation.Regression.Attribution;

/// <summary>Texts as sets of words and of pairs of neighbouring words.</summary>
internal static class WordSets
{
    private const char Between = '\u0001';

    /// <summary>
    /// Lower-case runs of letters and digits; every other mark, and every letter of a script without spaces, is a word of its own.
    /// </summary>
    public static IReadOnlyList<string> Words(string text)
    {
        var words = new List<string>();
        var start = -1;
        for (var i = 0; i <= text.Length; i++)
        {
            var category = i < text.Length ? char.GetUnicodeCategory(text[i]) : UnicodeCategory.SpaceSeparator;
            var joins = i < text.Length && (char.IsLetterOrDigit(text[i]) || category == UnicodeCategory.NonSpacingMark) && category != UnicodeCategory.OtherLetter;
            if (joins)
            {
                if (start < 0) start = i;
                continue;
            }

            if (start >= 0) words.Add(text[start..i].ToLowerInvariant());
            start = -1;
            if (i < text.Length && !char.IsWhiteSpace(text[i])) words.Add(text[i].ToString());
        }

        return words;
    }

    public static HashSet<string> Of(string text) => Words(text).ToHashSet(StringComparer.Ordinal);

    /// <summary>Words and pairs; a text's beginning and end count as neighbours, since how an answer opens and closes is much of its manner.</summary>
    public static HashSet<string> WithPairs(string text)
    {
        var words = Words(text);
        var found = words.ToHashSet(StringComparer.Ordinal);
        for (var i = 0; i <= words.Count && words.Count > 0; i++)
        {
            found.Add($"{(i == 0 ? "" : words[i - 1])}{Between}{(i == words.Count ? "" : words[i])}");
        }

        return found;
    }
}
