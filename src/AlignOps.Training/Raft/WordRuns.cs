namespace AlignOps.Training.Raft;

/// <summary>Words in a row, by which the variety of texts is measured.</summary>
internal static class WordRuns
{
    public static string[] WordsOf(string text) => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Every so many words in a row.</summary>
    public static IEnumerable<string> Of(string[] words, int length) =>
        Enumerable.Range(0, Math.Max(0, words.Length - length + 1)).Select(i => string.Join(' ', words, i, length));

    /// <summary>distinct-2 (Li et al., 2016, arXiv 1510.03055): different word pairs over all of them; null where no text has two words.</summary>
    public static double? Distinct2(IEnumerable<string> texts)
    {
        string[] pairs = [.. texts.SelectMany(text => Of(WordsOf(text), 2))];
        return pairs.Length == 0 ? null : (double)pairs.Distinct(StringComparer.Ordinal).Count() / pairs.Length;
    }

    /// <summary>The share of the texts that hold the word triple which most of them hold; 0 where there is none.</summary>
    public static (double Share, string Pattern) CommonestTriple(IReadOnlyList<string> texts)
    {
        KeyValuePair<string, int>[] counts =
            [.. texts.SelectMany(text => Of(WordsOf(text), 3).Distinct(StringComparer.Ordinal)).CountBy(run => run).OrderByDescending(run => run.Value).ThenBy(run => run.Key, StringComparer.Ordinal).Take(1)];
        return counts is [var (pattern, count)] ? ((double)count / texts.Count, pattern) : (0, "");
    }
}
