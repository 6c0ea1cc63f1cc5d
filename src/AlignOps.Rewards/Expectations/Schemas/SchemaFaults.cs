using System.Text.Json;
using System.Text.RegularExpressions;

namespace AlignOps.Rewards.Expectations.Schemas;

/// <summary>Looks a schema over before anything is checked with it.</summary>
internal static class SchemaFaults
{
    private static readonly HashSet<string> Types = new(StringComparer.Ordinal) { "object", "array", "string", "number", "integer", "boolean", "null" };

    public static string? Of(JsonElement schema, JsonElement root, HashSet<string> known, int deepest)
    {
        if (schema.ValueKind is JsonValueKind.True or JsonValueKind.False) return null;
        if (schema.ValueKind != JsonValueKind.Object) return "A schema is an object, true or false.";
        if (deepest == 0) return "The schema is nested too deeply.";
        foreach (var keyword in schema.EnumerateObject())
        {
            if (!known.Contains(keyword.Name)) return $"The keyword {keyword.Name} is not known.";
            if (!IsSound(keyword.Name, keyword.Value, root)) return $"The value of {keyword.Name} is none that it can have.";
            foreach (var inner in Inner(keyword.Name, keyword.Value))
            {
                if (Of(inner, root, known, deepest - 1) is { } fault) return fault;
            }
        }

        return null;
    }

    /// <summary>The schema that <c>#</c> or <c>#/$defs/name</c> means; null where there is none.</summary>
    public static JsonElement? Find(JsonElement root, string reference) =>
        reference == "#" ? root
        : reference.StartsWith("#/$defs/", StringComparison.Ordinal) && root.ValueKind == JsonValueKind.Object && root.TryGetProperty("$defs", out var all)
            && all.ValueKind == JsonValueKind.Object && all.TryGetProperty(reference[8..], out var found) ? found
        : null;

    private static bool IsSound(string keyword, JsonElement value, JsonElement root) => keyword switch
    {
        "type" => value.ValueKind == JsonValueKind.Array ? value.EnumerateArray().All(IsType) : IsType(value),
        "enum" or "examples" => value.ValueKind == JsonValueKind.Array,
        "required" => value.ValueKind == JsonValueKind.Array && value.EnumerateArray().All(one => one.ValueKind == JsonValueKind.String),
        "properties" or "$defs" => value.ValueKind == JsonValueKind.Object,
        "anyOf" or "oneOf" or "allOf" => value.ValueKind == JsonValueKind.Array && value.GetArrayLength() > 0,
        "prefixItems" => value.ValueKind == JsonValueKind.Array,
        "minItems" or "maxItems" or "minProperties" or "maxProperties" or "minLength" or "maxLength" => value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var count) && count >= 0,
        "minimum" or "maximum" or "exclusiveMinimum" or "exclusiveMaximum" => value.ValueKind == JsonValueKind.Number,
        "multipleOf" => value.ValueKind == JsonValueKind.Number && value.TryGetDecimal(out var unit) && unit > 0,
        "uniqueItems" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "pattern" => value.ValueKind == JsonValueKind.String && IsPattern(value.GetString()!),
        "$ref" => value.ValueKind == JsonValueKind.String && Find(root, value.GetString()!) is not null,
        _ => true,
    };

    private static bool IsType(JsonElement value) => value.ValueKind == JsonValueKind.String && Types.Contains(value.GetString()!);

    private static IEnumerable<JsonElement> Inner(string keyword, JsonElement value) => keyword switch
    {
        "properties" or "$defs" => value.EnumerateObject().Select(one => one.Value),
        "anyOf" or "oneOf" or "allOf" or "prefixItems" => value.EnumerateArray(),
        "items" or "additionalProperties" or "not" => [value],
        _ => [],
    };

    private static bool IsPattern(string pattern)
    {
        try
        {
            _ = new Regex(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
            return true;
        }
        catch (Exception fault) when (fault is ArgumentException or NotSupportedException)
        {
            return false;
        }
    }
}
