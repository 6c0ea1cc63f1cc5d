using System.Text.Json;

namespace AlignOps.WebConsole.Reading;

/// <summary>The JSON that a job reports for pages; what it holds depends on the job, so nothing is taken for granted.</summary>
internal static class JobDetail
{
    public static JsonElement? Parse(string? text)
    {
        try
        {
            return text is not null && JsonSerializer.Deserialize<JsonElement>(text) is { ValueKind: JsonValueKind.Object } json ? json : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public static double? Number(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetDouble() : null;
}
