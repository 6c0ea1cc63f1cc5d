using System.Text.Json;

namespace AlignOps.Evaluation.Benchmarks.Formats;

/// <summary>The fields of a row, by whichever of their usual names it has.</summary>
internal readonly struct ItemFields(JsonElement row)
{
    /// <summary>A key's value as it stands; null without the key.</summary>
    public JsonElement? Element(string name) => row.TryGetProperty(name, out var value) ? value : null;

    public bool Has(string name) => row.TryGetProperty(name, out _);

    /// <summary>What a key holds; null where it is not there.</summary>
    public JsonElement? Value(string name) => row.TryGetProperty(name, out var value) ? value.Clone() : null;

    /// <summary>The first of these keys that holds a text, or a list of chat messages, whose contents are joined by line breaks.</summary>
    public string? Text(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (row.TryGetProperty(name, out var value) && AsText(value) is { } text)
            {
                return text;
            }
        }

        return null;
    }

    /// <summary>The first of these keys that holds a list of texts, a text standing for a list of one.</summary>
    public IReadOnlyList<string>? Texts(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (!row.TryGetProperty(name, out var value))
            {
                continue;
            }

            // ARC nests: {"text": [...], "label": [...]}.
            value = value.ValueKind == JsonValueKind.Object && value.TryGetProperty("text", out var nested) ? nested : value;
            if (value.ValueKind == JsonValueKind.String)
            {
                return [value.GetString()!];
            }

            if (value.ValueKind == JsonValueKind.Number)
            {
                return [value.GetRawText()];
            }

            if (value.ValueKind == JsonValueKind.Array && value.GetArrayLength() > 0 && value.EnumerateArray().All(one => one.ValueKind == JsonValueKind.String))
            {
                return [.. value.EnumerateArray().Select(one => one.GetString()!)];
            }
        }

        return null;
    }

    /// <summary>Where the right answer stands among the choices: a 0-based number or a list of them, a letter, or the choice's own text.</summary>
    public IReadOnlyList<int>? Places(IReadOnlyList<string> choices, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (row.TryGetProperty(name, out var value) && Places(value, choices) is { } places && places.All(place => place >= 0 && place < choices.Count))
            {
                return places;
            }
        }

        return null;
    }

    private static IReadOnlyList<int>? Places(JsonElement value, IReadOnlyList<string> choices) => value.ValueKind switch
    {
        JsonValueKind.Number when value.TryGetInt32(out var place) => [place],
        JsonValueKind.Array when value.GetArrayLength() > 0 && value.EnumerateArray().All(one => one.TryGetInt32(out _)) => [.. value.EnumerateArray().Select(one => one.GetInt32())],
        JsonValueKind.String when choices.ToList().IndexOf(value.GetString()!) is var at and >= 0 => [at],
        JsonValueKind.String when value.GetString() is [>= 'A' and <= 'Z' and var letter] => [letter - 'A'],
        JsonValueKind.String when int.TryParse(value.GetString(), out var place) => [place],
        _ => null,
    };

    private static string? AsText(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Array when value.GetArrayLength() > 0 && value.EnumerateArray().All(one => one.ValueKind == JsonValueKind.Object && one.TryGetProperty("content", out var content) && content.ValueKind == JsonValueKind.String) =>
            string.Join('\n', value.EnumerateArray().Select(one => one.GetProperty("content").GetString())),
        _ => null,
    };
}
