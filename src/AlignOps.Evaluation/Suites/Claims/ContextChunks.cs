namespace AlignOps.Evaluation.Suites.Claims;

/// <summary>Parts a long context into pieces that whoever decides a claim can read at once.</summary>
internal static class ContextChunks
{
    /// <param name="words">Most words of a piece; sentences are kept whole where they fit.</param>
    public static IReadOnlyList<string> Of(IEnumerable<string> contexts, int words)
    {
        List<string> chunks = [], piece = [];
        var count = 0;
        foreach (var sentence in contexts.SelectMany(Sentences))
        {
            foreach (var part in sentence.Chunk(words))
            {
                if (count + part.Length > words) Close();
                piece.AddRange(part);
                count += part.Length;
            }
        }

        Close();
        return chunks;

        void Close()
        {
            if (piece.Count > 0) chunks.Add(string.Join(' ', piece));
            piece.Clear();
            count = 0;
        }
    }

    private static IEnumerable<string[]> Sentences(string context) =>
        ClaimSplitter.Of(context).Select(sentence => sentence.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
