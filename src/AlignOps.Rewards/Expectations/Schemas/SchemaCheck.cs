using System.Text.Json;
using System.Text.RegularExpressions;

namespace AlignOps.Rewards.Expectations.Schemas;

/// <summary>
/// JSON Schema (draft 2020-12) as far as answers need it: type, enum, const, required, properties, additionalProperties, items, prefixItems, minItems, maxItems, uniqueItems,
/// minProperties, maxProperties, minLength, maxLength, pattern, minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf, anyOf, oneOf, allOf, not, and $ref into $defs
/// of the same schema. A keyword beside these is a fault and never passed over; patterns run without backtracking, because the answer is anybody's text.
/// </summary>
internal sealed class SchemaCheck(JsonElement root)
{
    private const int Deepest = 64;

    private static readonly HashSet<string> Known = new(StringComparer.Ordinal)
    {
        "type", "enum", "const", "required", "properties", "additionalProperties", "items", "prefixItems", "minItems", "maxItems", "uniqueItems", "minProperties", "maxProperties", "minLength",
        "maxLength", "pattern", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "anyOf", "oneOf", "allOf", "not", "$ref", "$defs", "$schema", "$id", "title", "description",
        "examples", "default",
    };

    /// <summary>What is not understood of a schema; null where all is.</summary>
    public static string? FaultOf(JsonElement schema) => SchemaFaults.Of(schema, schema, Known, Deepest);

    public bool Allows(JsonElement value) => Allows(root, value, 0);

    private bool Allows(JsonElement schema, JsonElement value, int depth)
    {
        if (schema.ValueKind is JsonValueKind.True or JsonValueKind.False) return schema.ValueKind == JsonValueKind.True;

        // A schema that refers to itself without end allows nothing.
        return depth <= Deepest && schema.EnumerateObject().All(keyword => Allows(schema, keyword.Name, keyword.Value, value, depth + 1));
    }

    private bool Allows(JsonElement schema, string keyword, JsonElement rule, JsonElement value, int depth) => keyword switch
    {
        "type" => rule.ValueKind == JsonValueKind.Array ? rule.EnumerateArray().Any(one => IsOf(one.GetString()!, value)) : IsOf(rule.GetString()!, value),
        "enum" => rule.EnumerateArray().Any(one => JsonElement.DeepEquals(one, value)),
        "const" => JsonElement.DeepEquals(rule, value),
        "anyOf" => rule.EnumerateArray().Any(one => Allows(one, value, depth)),
        "oneOf" => rule.EnumerateArray().Count(one => Allows(one, value, depth)) == 1,
        "allOf" => rule.EnumerateArray().All(one => Allows(one, value, depth)),
        "not" => !Allows(rule, value, depth),
        "$ref" => Allows(SchemaFaults.Find(root, rule.GetString()!)!.Value, value, depth),
        _ => value.ValueKind switch
        {
            JsonValueKind.Object => AllowsObject(schema, keyword, rule, value, depth),
            JsonValueKind.Array => AllowsArray(schema, keyword, rule, value, depth),
            JsonValueKind.String => AllowsText(keyword, rule, value.GetString()!),
            JsonValueKind.Number => AllowsNumber(keyword, rule, value),
            _ => true,
        },
    };

    private bool AllowsObject(JsonElement schema, string keyword, JsonElement rule, JsonElement value, int depth) => keyword switch
    {
        "required" => rule.EnumerateArray().All(name => value.TryGetProperty(name.GetString()!, out _)),
        "properties" => rule.EnumerateObject().All(property => !value.TryGetProperty(property.Name, out var own) || Allows(property.Value, own, depth)),
        "additionalProperties" => value.EnumerateObject().All(own =>
            (schema.TryGetProperty("properties", out var named) && named.TryGetProperty(own.Name, out _)) || Allows(rule, own.Value, depth)),
        "minProperties" => value.GetPropertyCount() >= rule.GetInt32(),
        "maxProperties" => value.GetPropertyCount() <= rule.GetInt32(),
        _ => true,
    };

    private bool AllowsArray(JsonElement schema, string keyword, JsonElement rule, JsonElement value, int depth) => keyword switch
    {
        "prefixItems" => rule.EnumerateArray().Zip(value.EnumerateArray()).All(pair => Allows(pair.First, pair.Second, depth)),
        "items" => value.EnumerateArray().Skip(schema.TryGetProperty("prefixItems", out var first) ? first.GetArrayLength() : 0).All(item => Allows(rule, item, depth)),
        "minItems" => value.GetArrayLength() >= rule.GetInt32(),
        "maxItems" => value.GetArrayLength() <= rule.GetInt32(),
        "uniqueItems" => rule.ValueKind == JsonValueKind.False
            || !value.EnumerateArray().Where((one, i) => value.EnumerateArray().Take(i).Any(other => JsonElement.DeepEquals(one, other))).Any(),
        _ => true,
    };

    private static bool AllowsText(string keyword, JsonElement rule, string text) => keyword switch
    {
        "minLength" => text.EnumerateRunes().Count() >= rule.GetInt32(),
        "maxLength" => text.EnumerateRunes().Count() <= rule.GetInt32(),
        "pattern" => Regex.IsMatch(text, rule.GetString()!, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant),
        _ => true,
    };

    private static bool AllowsNumber(string keyword, JsonElement rule, JsonElement value) => keyword switch
    {
        "minimum" => value.GetDouble() >= rule.GetDouble(),
        "maximum" => value.GetDouble() <= rule.GetDouble(),
        "exclusiveMinimum" => value.GetDouble() > rule.GetDouble(),
        "exclusiveMaximum" => value.GetDouble() < rule.GetDouble(),
        "multipleOf" => value.TryGetDecimal(out var number) && number % rule.GetDecimal() == 0,
        _ => true,
    };

    private static bool IsOf(string type, JsonElement value) => type switch
    {
        "object" => value.ValueKind == JsonValueKind.Object,
        "array" => value.ValueKind == JsonValueKind.Array,
        "string" => value.ValueKind == JsonValueKind.String,
        "number" => value.ValueKind == JsonValueKind.Number,
        "integer" => value.ValueKind == JsonValueKind.Number && Math.Truncate(value.GetDouble()) == value.GetDouble(),
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        _ => value.ValueKind == JsonValueKind.Null,
    };
}
