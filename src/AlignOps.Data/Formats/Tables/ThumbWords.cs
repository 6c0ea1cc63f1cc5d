using System.Collections.Frozen;

namespace AlignOps.Data.Formats.Tables;

/// <summary>The words that people and survey tools write for a thumb.</summary>
internal static class ThumbWords
{
    private static readonly FrozenDictionary<string, bool> Words = new[]
    {
        ("true", true), ("1", true), ("+1", true), ("yes", true), ("y", true), ("up", true), ("thumbs up", true), ("thumbs_up", true), ("good", true), ("like", true), ("liked", true), ("positive", true), ("👍", true),
        ("false", false), ("0", false), ("-1", false), ("no", false), ("n", false), ("down", false), ("thumbs down", false), ("thumbs_down", false), ("bad", false), ("dislike", false), ("disliked", false), ("negative", false), ("👎", false),
    }.ToFrozenDictionary(word => word.Item1, word => word.Item2, StringComparer.OrdinalIgnoreCase);

    public static bool? Read(string cell) => Words.TryGetValue(cell.Trim(), out var label) ? label : null;
}
