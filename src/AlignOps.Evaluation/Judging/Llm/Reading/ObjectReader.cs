using System.Text;
using System.Text.Json;

namespace AlignOps.Evaluation.Judging.Llm.Reading;

/// <summary>Finds a verdict that is a JSON object: the only one with members, at the end, with exactly the keys asked for and values offered for them.</summary>
internal static class ObjectReader
{
    internal const string Version = "last, unique, every key, offered 1";

    private static readonly JsonReaderOptions Strict = new() { MaxDepth = 4 };

    /// <param name="read">The value of a member; null where it is not one that was offered.</param>
    public static Found<IReadOnlyDictionary<string, T>> Read<T>(string text, IReadOnlyCollection<string> keys, Func<JsonElement, T?> read)
        where T : class
    {
        var (objects, end) = Objects(text);
        if (objects.Count != 1) return None<T>(objects.Count == 0 ? UnscoredReasons.NoVerdict : UnscoredReasons.TwoVerdicts);

        var values = new Dictionary<string, T>(StringComparer.Ordinal);
        foreach (var member in objects[0].EnumerateObject())
        {
            if (!keys.Contains(member.Name) || read(member.Value) is not { } value || !values.TryAdd(member.Name, value)) return None<T>(UnscoredReasons.NotOffered);
        }

        if (values.Count != keys.Count) return None<T>(UnscoredReasons.NotOffered);
        return text[end..].Trim(' ', '\t', '\r', '\n', '`', '*', '.').Length == 0 ? new(values, null) : None<T>(UnscoredReasons.NotLast);
    }

    private static Found<IReadOnlyDictionary<string, T>> None<T>(string reason) => Found<IReadOnlyDictionary<string, T>>.None(reason);

    /// <summary>Objects that are not inside others, and where the last of them ends.</summary>
    private static (List<JsonElement> Objects, int End) Objects(string text)
    {
        List<JsonElement> objects = [];
        var end = 0;
        for (var at = text.IndexOf('{', StringComparison.Ordinal); at >= 0; at = text.IndexOf('{', at))
        {
            if (ObjectAt(text, at) is var (element, length))
            {
                at += length;
                if (!element.EnumerateObject().Any()) continue;
                objects.Add(element);
                end = at;
            }
            else
            {
                at++;
            }
        }

        return (objects, end);
    }

    private static (JsonElement Element, int Length)? ObjectAt(string text, int at)
    {
        var bytes = Encoding.UTF8.GetBytes(text[at..]);
        try
        {
            var reader = new Utf8JsonReader(bytes, Strict);
            using var document = JsonDocument.ParseValue(ref reader);
            return (document.RootElement.Clone(), Encoding.UTF8.GetCharCount(bytes.AsSpan(0, (int)reader.BytesConsumed)));
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
