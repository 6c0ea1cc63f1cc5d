using System.Text;

namespace AlignOps.Data.Languages;

/// <summary>
/// Guesses a text's language from its script, from letters that only one language has, and from its small words. Made for answers of a sentence or more: it says nothing
/// rather than guess from two words.
/// </summary>
public static class LanguageGuess
{
    private const int LeastHits = 2;
    private const double LeastLead = 1.2;

    /// <returns>An ISO 639-1 code, or null where the text does not show it.</returns>
    public static string? Of(string text)
    {
        var letters = new int[Enum.GetValues<Script>().Length];
        var total = 0;
        foreach (var rune in text.EnumerateRunes().Where(Rune.IsLetter))
        {
            letters[(int)Scripts.Of(rune)]++;
            total++;
        }

        if (total == 0)
        {
            return null;
        }

        // Japanese is written in Han letters too: a few kana among them tell.
        if (letters[(int)Script.Kana] * 10 >= total)
        {
            return "ja";
        }

        var main = (Script)Array.IndexOf(letters, letters.Max());
        return letters[(int)main] * 2 < total ? null
            : Scripts.OnlyLanguage(main) ?? main switch
            {
                Script.Arabic => Arabic(text),
                Script.Cyrillic or Script.Latin or Script.Devanagari => ByWords(text, main),
                _ => null,
            };
    }

    private static string Arabic(string text) =>
        text.AsSpan().IndexOfAny("ٹڈڑےں") >= 0 ? "ur" : text.AsSpan().IndexOfAny("پچژگ") >= 0 ? "fa" : "ar";

    private static string? ByWords(string text, Script script)
    {
        var points = new Dictionary<string, double>(StringComparer.Ordinal);
        var hits = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var word in Words(text))
        {
            if (!SmallWords.Languages.TryGetValue(word, out var languages))
            {
                continue;
            }

            // A word of many languages says little.
            foreach (var language in languages.Where(language => SmallWords.ScriptOf(language) == script))
            {
                points[language] = points.GetValueOrDefault(language) + 1.0 / languages.Count;
                hits[language] = hits.GetValueOrDefault(language) + 1;
            }
        }

        if (script == Script.Cyrillic && text.AsSpan().IndexOfAny("іїєґІЇЄҐ") >= 0)
        {
            return "uk";
        }

        var ranked = points.OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal).Take(2).ToList();
        return ranked.Count == 0 || hits[ranked[0].Key] < LeastHits || (ranked.Count == 2 && ranked[0].Value < LeastLead * ranked[1].Value) ? null : ranked[0].Key;
    }

    private static IEnumerable<string> Words(string text)
    {
        var word = new StringBuilder();
        foreach (var c in text.ToLowerInvariant().Append(' '))
        {
            // Marks belong to their letters: Devanagari writes its vowels so.
            if (char.IsLetter(c) || char.GetUnicodeCategory(c) is System.Globalization.UnicodeCategory.NonSpacingMark or System.Globalization.UnicodeCategory.SpacingCombiningMark)
            {
                word.Append(c);
            }
            else if (word.Length > 0)
            {
                yield return word.ToString().Normalize(NormalizationForm.FormC);
                word.Clear();
            }
        }
    }
}
