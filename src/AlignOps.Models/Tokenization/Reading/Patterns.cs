using System.Text.Json;
using AlignOps.Models.Json;

namespace AlignOps.Models.Tokenization.Reading;

/// <summary>The library writes a pattern as {"String": …} or {"Regex": …}.</summary>
internal static class Patterns
{
    /// <summary>The text to look for; null where it is empty or a regular expression.</summary>
    public static string? Literal(JsonKeys step) => Of(step, "String") is { Length: > 0 } text ? text : null;

    public static string? Regex(JsonKeys step) => Of(step, "Regex");

    private static string? Of(JsonKeys step, string kind)
    {
        JsonElement pattern = step.Get("pattern");
        return pattern.ValueKind == JsonValueKind.Object && pattern.TryGetProperty(kind, out JsonElement value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;
    }
}
