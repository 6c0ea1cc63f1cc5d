using System.Text.Json;

namespace AlignOps.Rewards.Expectations;

/// <summary><c>"json": true</c>: the answer is one JSON value; <c>"json": ["name", "price"]</c>: an object that has these keys.</summary>
internal sealed class WellFormedJson : IExpectation
{
    public string Key => "json";

    public bool? IsMet(JsonElement expected, string answer)
    {
        var keys = expected.ValueKind == JsonValueKind.True ? [] : JsonStrings.Of(expected);
        if (keys is null) return null;
        try
        {
            using var document = JsonDocument.Parse(answer);
            return keys.All(key => document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty(key, out _));
        }
        catch (Exception fault) when (fault is JsonException or ArgumentException)
        {
            return false;
        }
    }
}
