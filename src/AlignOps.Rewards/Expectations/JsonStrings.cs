using System.Text.Json;

namespace AlignOps.Rewards.Expectations;

internal static class JsonStrings
{
    /// <summary>A string as a list of one, a list of strings as it is, null for anything else and for an empty list.</summary>
    public static IReadOnlyList<string>? Of(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => [element.GetString()!],
        JsonValueKind.Array when element.GetArrayLength() > 0 && element.EnumerateArray().All(e => e.ValueKind == JsonValueKind.String) =>
            [.. element.EnumerateArray().Select(e => e.GetString()!)],
        _ => null,
    };
}
