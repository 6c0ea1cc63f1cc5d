using System.Globalization;
using System.Text.Json;

namespace AlignOps.Serving.Chat.Requests;

/// <summary>Reads <c>stop</c>: a text, or an array of at most four.</summary>
internal static class StopReader
{
    private const int Most = 4;

    /// <summary>What may be the start of a stop is held back, so a stop must not be as long as an answer.</summary>
    private const int Longest = 1024;

    public static (IReadOnlyList<string>? Stop, OpenAiError? Error) Read(JsonParameter parameter)
    {
        if (parameter.Value.ValueKind == JsonValueKind.String)
        {
            return Check(parameter) is { } error ? (null, error) : ([parameter.Value.GetString()!], null);
        }

        if (parameter.Value.ValueKind != JsonValueKind.Array)
        {
            return (null, parameter.WrongType("a string or an array of strings"));
        }

        if (parameter.Value.GetArrayLength() is > Most and var length)
        {
            return (null, parameter.Invalid("array_above_max_length", $"array too long. Expected an array with maximum length {Most}, but got an array with length {length} instead"));
        }

        List<string> stops = [];
        foreach (var item in parameter.Value.EnumerateArray())
        {
            var stop = new JsonParameter(string.Create(CultureInfo.InvariantCulture, $"stop[{stops.Count}]"), item);
            if (Check(stop) is { } error)
            {
                return (null, error);
            }

            stops.Add(item.GetString()!);
        }

        return (stops, null);
    }

    private static OpenAiError? Check(JsonParameter stop) => stop.Text() switch
    {
        (_, { } error) => error,
        ("", _) => stop.Invalid("string_below_min_length", "empty string. Expected a string with minimum length 1"),
        ({ Length: > Longest }, _) => stop.Invalid("string_above_max_length", $"string too long. Expected a string with maximum length {Longest}"),
        _ => null,
    };
}
