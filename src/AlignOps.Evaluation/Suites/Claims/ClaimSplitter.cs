namespace AlignOps.Evaluation.Suites.Claims;

/// <summary>Parts an answer into claims: its sentences and list items. A rule, not a model, so that equal answers have equal claims.</summary>
internal static class ClaimSplitter
{
    /// <summary>A point after these ends no sentence.</summary>
    private static readonly HashSet<string> Shortened = new(["mr", "mrs", "ms", "dr", "prof", "st", "no", "vs", "etc", "approx", "e.g", "i.e", "z.b", "bzw", "nr"], StringComparer.OrdinalIgnoreCase);

    public static IReadOnlyList<string> Of(string answer)
    {
        List<string> claims = [];
        foreach (var line in answer.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var start = 0;
            for (var i = 0; i < line.Length; i++)
            {
                if (!Ends(line, i)) continue;
                Add(claims, line[start..(i + 1)]);
                start = i + 1;
            }

            Add(claims, line[start..]);
        }

        return claims;
    }

    private static bool Ends(string line, int at) => line[at] switch
    {
        '。' or '！' or '？' => true,
        '!' or '?' or '…' => at + 1 == line.Length || char.IsWhiteSpace(line[at + 1]),
        '.' => (at + 1 == line.Length || char.IsWhiteSpace(line[at + 1])) && !Shortened.Contains(WordBefore(line, at)),
        _ => false,
    };

    private static string WordBefore(string line, int at)
    {
        var start = at;
        while (start > 0 && !char.IsWhiteSpace(line[start - 1])) start--;
        return line[start..at];
    }

    private static void Add(List<string> claims, string text)
    {
        var claim = text.Trim().TrimStart('-', '*', '•', '#', ' ').Trim();
        if (claim.Any(char.IsLetter)) claims.Add(claim);
    }
}
