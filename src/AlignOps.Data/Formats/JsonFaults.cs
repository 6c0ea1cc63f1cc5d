using System.Text.Json;
using AlignOps.Data.Checks;

namespace AlignOps.Data.Formats;

/// <summary>Says in a person's words, with the place, why a line is not the JSON that is asked for.</summary>
internal static class JsonFaults
{
    public static RowFault Explain(ReadOnlyMemory<byte> line, JsonException fault, int depth)
    {
        if (IsDeeperThan(line.Span, depth))
        {
            return RowFault.Rejected(RowReasons.TooDeep, $"The JSON is nested deeper than {depth} levels.");
        }

        if (IsWellFormed(line, depth))
        {
            return RowFault.Rejected(RowReasons.DuplicateKey, "A key stands twice in the same object, so its value is ambiguous.");
        }

        var at = Offset(line.Span, fault);
        var rest = line.Span[at..];
        if (rest.StartsWith("NaN"u8) || rest.StartsWith("Infinity"u8) || rest.StartsWith("-Infinity"u8) || rest.StartsWith("Inf"u8))
        {
            return RowFault.Rejected(RowReasons.MalformedJson, $"Malformed JSON at byte {at + 1}: NaN and Infinity are not JSON numbers.");
        }

        var message = fault.Message;
        var end = message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return RowFault.Rejected(RowReasons.MalformedJson, $"Malformed JSON at byte {at + 1}: {Printable(end < 0 ? message : message[..end])}");
    }

    // An array's element may stand on several lines.
    private static int Offset(ReadOnlySpan<byte> line, JsonException fault)
    {
        var start = 0;
        for (var i = 0L; i < (fault.LineNumber ?? 0) && line[start..].IndexOf((byte)'\n') is var newline and >= 0; i++)
        {
            start += newline + 1;
        }

        return (int)Math.Min(start + (fault.BytePositionInLine ?? 0), line.Length);
    }

    private static bool IsDeeperThan(ReadOnlySpan<byte> line, int depth)
    {
        var reader = new Utf8JsonReader(line, new JsonReaderOptions { MaxDepth = depth + 1 });
        try
        {
            while (reader.Read())
            {
                if (reader.CurrentDepth >= depth && reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
                {
                    return true;
                }
            }
        }
        catch (JsonException)
        {
            return false;
        }

        return false;
    }

    private static bool IsWellFormed(ReadOnlyMemory<byte> line, int depth)
    {
        try
        {
            using var document = JsonDocument.Parse(line, new JsonDocumentOptions { MaxDepth = depth });
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static string Printable(string text) => string.Concat(text.Select(c => char.IsControl(c) ? '?' : c));
}
