using System.Text.Json;
using AlignOps.Models.Policies;

namespace AlignOps.Models.Json;

/// <summary>Reads keys of a JSON object so that every fault names the file, the key and what was found. A null is an absent key.</summary>
internal readonly struct JsonKeys
{
    private readonly JsonElement _element;

    public JsonKeys(string file, JsonElement element)
    {
        File = file;
        _element = element.ValueKind == JsonValueKind.Object
            ? element
            : throw new ModelFormatException($"{file}: expected a JSON object, found {Found(element)}.");
    }

    public string File { get; }

    public static JsonDocument Parse(byte[] json, string file)
    {
        try
        {
            CheckEscapes(json);
            return JsonDocument.Parse(json, new JsonDocumentOptions { AllowDuplicateProperties = false });
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            throw new ModelFormatException($"{file}: not valid JSON: {fault.Message}", fault);
        }
    }

    public static JsonDocument ParseFile(string path)
    {
        if (!System.IO.File.Exists(path))
        {
            throw new ModelFormatException($"{path}: the file is missing.");
        }

        byte[] bytes = System.IO.File.ReadAllBytes(path);
        return System.Text.Unicode.Utf8.IsValid(bytes)
            ? Parse(bytes, path)
            : throw new ModelFormatException($"{path}: not valid UTF-8.");
    }

    public bool TryGet(string key, out JsonElement value) =>
        _element.TryGetProperty(key, out value) && value.ValueKind is not (JsonValueKind.Null or JsonValueKind.Undefined);

    /// <summary>Whether the key is there, be it null: some files mean one thing by null and another by silence.</summary>
    public bool Names(string key) => _element.TryGetProperty(key, out _);

    public JsonElement Get(string key) =>
        TryGet(key, out JsonElement value) ? value : throw new ModelFormatException($"{File}: key {key} is missing.");

    public string String(string key) => Get(key) is { ValueKind: JsonValueKind.String } value ? value.GetString()! : throw Fault(key, "a string");

    public string? OptionalString(string key) => TryGet(key, out _) ? String(key) : null;

    public bool Flag(string key, bool otherwise) => !TryGet(key, out JsonElement value)
        ? otherwise
        : value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean() : throw Fault(key, "true or false");

    public int PositiveInt(string key) =>
        Get(key) is { ValueKind: JsonValueKind.Number } value && value.TryGetInt32(out int number) && number > 0
            ? number
            : throw Fault(key, "a positive integer");

    public int PositiveInt(string key, int otherwise) => TryGet(key, out _) ? PositiveInt(key) : otherwise;

    public double PositiveNumber(string key) =>
        Get(key) is { ValueKind: JsonValueKind.Number } value && value.TryGetDouble(out double number) && number > 0 && double.IsFinite(number)
            ? number
            : throw Fault(key, "a positive number");

    public double PositiveNumber(string key, double otherwise) => TryGet(key, out _) ? PositiveNumber(key) : otherwise;

    public JsonElement.ArrayEnumerator Array(string key) =>
        Get(key) is { ValueKind: JsonValueKind.Array } value ? value.EnumerateArray() : throw Fault(key, "an array");

    public JsonKeys Object(string key) =>
        Get(key) is { ValueKind: JsonValueKind.Object } value ? new JsonKeys($"{File}: {key}", value) : throw Fault(key, "an object");

    public IEnumerable<JsonProperty> Properties() => _element.EnumerateObject();

    public int NonNegativeInt(string key, JsonElement item) =>
        NonNegativeLong(key, item) is var number && number <= int.MaxValue ? (int)number : throw Fault(key, "integers below 2^31");

    public long NonNegativeLong(string key, JsonElement item) =>
        item.ValueKind == JsonValueKind.Number && item.TryGetInt64(out long number) && number >= 0
            ? number
            : throw Fault(key, "non-negative integers");

    /// <summary>The exception to throw where a key's value is not what was expected.</summary>
    public ModelFormatException Fault(string key, string expected) =>
        new($"{File}: key {key} should be {expected}, but is {(_element.TryGetProperty(key, out JsonElement value) ? Found(value) : "missing")}.");

    /// <summary>A string may be valid JSON and yet no text: half a surrogate pair, escaped. Found here, it is a fault of the file and not a crash later.</summary>
    private static void CheckEscapes(byte[] json)
    {
        var reader = new Utf8JsonReader(json);
        while (reader.Read())
        {
            if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName && reader.ValueIsEscaped)
            {
                reader.GetString();
            }
        }
    }

    private static string Found(JsonElement element)
    {
        string text = element.GetRawText();
        return text.Length <= 80 ? text : string.Concat(text.AsSpan(0, 77), "…");
    }
}
