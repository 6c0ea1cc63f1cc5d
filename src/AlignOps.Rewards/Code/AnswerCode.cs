namespace AlignOps.Rewards.Code;

/// <summary>Takes the program out of an answer.</summary>
internal static class AnswerCode
{
    private const string Fence = "```";

    /// <summary>The first fenced block that names the language or none; where no block is fenced, the whole answer. Null where blocks are fenced and none is of the language, or nothing is in it.</summary>
    public static string? Of(string answer, string language)
    {
        var lines = answer.ReplaceLineEndings("\n").Split('\n');
        var fenced = false;
        for (var i = 0; i < lines.Length; i++)
        {
            var opening = lines[i].Trim();
            if (!opening.StartsWith(Fence, StringComparison.Ordinal)) continue;

            fenced = true;
            var end = Array.FindIndex(lines, i + 1, line => line.Trim() == Fence);

            // An answer that was cut has no closing fence; what there is of the program counts.
            var block = lines[(i + 1)..(end < 0 ? lines.Length : end)];
            if (IsOf(opening.TrimStart('`').Trim().Split(' ')[0], language) && block.Any(line => line.Trim().Length > 0)) return string.Join('\n', block) + "\n";
            if (end < 0) return null;
            i = end;
        }

        return fenced || answer.Trim().Length == 0 ? null : answer.ReplaceLineEndings("\n") + "\n";
    }

    private static bool IsOf(string named, string language) =>
        named.Length == 0 || language.StartsWith(named, StringComparison.OrdinalIgnoreCase) || named.StartsWith(language, StringComparison.OrdinalIgnoreCase)
        || (named.Equals("py", StringComparison.OrdinalIgnoreCase) && language.StartsWith("python", StringComparison.Ordinal))
        || (named.Equals("javascript", StringComparison.OrdinalIgnoreCase) && language == "node") || (named.Equals("bash", StringComparison.OrdinalIgnoreCase) && language == "sh");
}
