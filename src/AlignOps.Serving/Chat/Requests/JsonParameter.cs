using System.Globalization;
using System.Text.Json;

namespace AlignOps.Serving.Chat.Requests;

/// <summary>A named value of a request's body, read with OpenAI's codes and sentences where it is not what it must be.</summary>
internal readonly record struct JsonParameter(string Name, JsonElement Value)
{
    public (long? Value, OpenAiError? Error) Integer(long minimum, long maximum)
    {
        if (Value.ValueKind != JsonValueKind.Number || !Value.TryGetInt64(out var value))
        {
            return (null, WrongType("an integer"));
        }

        return value < minimum ? (null, Invalid("integer_below_min_value", $"integer below minimum value. Expected a value >= {minimum}, but got {value} instead"))
            : value > maximum ? (null, Invalid("integer_above_max_value", $"integer above maximum value. Expected a value <= {maximum}, but got {value} instead"))
            : (value, null);
    }

    public (double? Value, OpenAiError? Error) Decimal(double minimum, double maximum)
    {
        if (Value.ValueKind != JsonValueKind.Number)
        {
            return (null, WrongType("a decimal"));
        }

        var value = Value.GetDouble();
        return value < minimum ? (null, Invalid("decimal_below_min_value", $"decimal below minimum value. Expected a value >= {Text(minimum)}, but got {Text(value)} instead"))
            : value > maximum ? (null, Invalid("decimal_above_max_value", $"decimal above maximum value. Expected a value <= {Text(maximum)}, but got {Text(value)} instead"))
            : (value, null);
    }

    public (bool? Value, OpenAiError? Error) Flag() => Value.ValueKind is JsonValueKind.True or JsonValueKind.False
        ? (Value.GetBoolean(), null)
        : (null, WrongType("a boolean"));

    public (string? Value, OpenAiError? Error) Text() => Value.ValueKind == JsonValueKind.String
        ? (Value.GetString(), null)
        : (null, WrongType("a string"));

    public OpenAiError WrongType(string expected) =>
        OpenAiError.Invalid("invalid_type", Name, $"Invalid type for '{Name}': expected {expected}, but got {Kind()} instead.");

    public OpenAiError Invalid(string code, string sentence) => OpenAiError.Invalid(code, Name, $"Invalid '{Name}': {sentence}.");

    public OpenAiError WrongValue(string sentence) => OpenAiError.Invalid("invalid_value", Name, $"Invalid value for '{Name}': {sentence}.");

    public OpenAiError Unsupported(string sentence) => OpenAiError.Invalid("unsupported_parameter", Name, $"Unsupported parameter: '{Name}' {sentence}.");

    private static string Text(double value) => value.ToString(CultureInfo.InvariantCulture);

    private string Kind() => Value.ValueKind switch
    {
        JsonValueKind.String => "a string",
        JsonValueKind.Number => Value.TryGetInt64(out _) ? "an integer" : "a decimal",
        JsonValueKind.True or JsonValueKind.False => "a boolean",
        JsonValueKind.Array => "an array",
        JsonValueKind.Object => "an object",
        _ => "null",
    };
}
