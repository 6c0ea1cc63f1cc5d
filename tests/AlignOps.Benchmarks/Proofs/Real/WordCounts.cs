namespace AlignOps.Benchmarks.Proofs.Real;

/// <summary>A text as the words and word pairs it holds, order thrown away.</summary>
internal static class WordCounts
{
    /// <summary>Each word, punctuation mark and pair of neighbours, valued 1 + ln(count).</summary>
    public static Dictionary<string, double> Of(string text)
    {
        var counts = new Dictionary<string, double>(StringComparer.Ordinal);
        string? previous = null;
        foreach (var word in Words(text))
        {
            counts[word] = counts.GetValueOrDefault(word) + 1;
            if (previous is not null)
            {
                var neighbours = previous + " " + word;
                counts[neighbours] = counts.GetValueOrDefault(neighbours) + 1;
            }

            previous = word;
        }

        return counts.ToDictionary(c => c.Key, c => 1 + Math.Log(c.Value), StringComparer.Ordinal);
    }

    private static IEnumerable<string> Words(string text)
    {
        var lower = text.ToLowerInvariant();
        for (var at = 0; at < lower.Length;)
        {
            var end = at;
            while (end < lower.Length && (char.IsLetterOrDigit(lower[end]) || lower[end] is '\'' or '’'))
            {
                end++;
            }

            end = Math.Max(end, at + 1);
            if (!char.IsWhiteSpace(lower[at]))
            {
                yield return lower[at..end];
            }

            at = end;
        }
    }
}
