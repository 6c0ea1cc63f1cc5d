using System.Text;
using System.Text.Json;

namespace AlignOps.Platform.Definitions;

/// <summary>How a property is spelled in YAML, and what a misspelled key probably meant.</summary>
internal static class KeyNames
{
    public static string For(string property) => JsonNamingPolicy.SnakeCaseLower.ConvertName(property);

    /// <summary>A name without case and separators: <c>cosine-restarts</c>, <c>cosine_restarts</c> and <c>CosineRestarts</c> are one.</summary>
    public static string Plain(string name)
    {
        var plain = new StringBuilder(name.Length);
        foreach (var letter in name.Where(char.IsLetterOrDigit))
        {
            plain.Append(char.ToLowerInvariant(letter));
        }

        return plain.ToString();
    }

    /// <summary>The known name nearest to a wrong one, or null when none is near.</summary>
    public static string? Nearest(string wrong, IEnumerable<string> known) => known
        .Select(name => (name, distance: Distance(wrong, name)))
        .Where(candidate => candidate.distance <= Math.Max(2, wrong.Length / 3))
        .OrderBy(candidate => candidate.distance)
        .ThenBy(candidate => candidate.name, StringComparer.Ordinal)
        .Select(candidate => candidate.name)
        .FirstOrDefault();

    /// <summary>Insertions, deletions and replacements between two words (Levenshtein).</summary>
    private static int Distance(string left, string right)
    {
        var row = Enumerable.Range(0, right.Length + 1).ToArray();
        for (var i = 1; i <= left.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var replaced = diagonal + (left[i - 1] == right[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[right.Length];
    }
}
