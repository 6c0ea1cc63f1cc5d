using System.Text.Json;
using System.Text.Unicode;
using AlignOps.Data.Checks;

namespace AlignOps.Data.Formats;

/// <summary>Reads one line's bytes into a checked row. Any bytes get an answer; none throw.</summary>
internal sealed class RowParser(string? format, RowLimits limits)
{
    private static readonly string[] PromptKeys = ["prompt", "query", "instruction", "question"];

    private readonly IFormatReader? _forced = format is null
        ? null
        : FeedbackFormats.Find(format) ?? throw new ArgumentException($"There is no format \"{format}\".", nameof(format));

    private readonly JsonDocumentOptions _options = new() { MaxDepth = limits.Depth, AllowDuplicateProperties = false };

    public ParsedRow Parse(ReadOnlyMemory<byte> line)
    {
        if (!Utf8.IsValid(line.Span))
        {
            return ParsedRow.Unreadable(RowFault.Rejected(RowReasons.InvalidUtf8, "The line is not valid UTF-8."));
        }

        try
        {
            using var document = JsonDocument.Parse(line, _options);
            return Read(document.RootElement);
        }
        catch (JsonException fault)
        {
            return ParsedRow.Unreadable(JsonFaults.Explain(line, fault, limits.Depth));
        }
        catch (InvalidOperationException)
        {
            // The one thing that System.Text.Json finds only while a text is read: an escaped surrogate without its other half.
            return ParsedRow.Unreadable(RowFault.Rejected(RowReasons.InvalidUnicode, "A text of the row holds half of a surrogate pair, as in \"\\ud83d\" alone."));
        }
    }

    private ParsedRow Read(JsonElement row)
    {
        if (row.ValueKind != JsonValueKind.Object)
        {
            return ParsedRow.Unreadable(RowFault.Rejected(RowReasons.NotAnObject, "The line is JSON but not an object."));
        }

        var fields = new RowFields(row);
        if ((_forced ?? FeedbackFormats.Detect(fields)) is not { } reader)
        {
            return ParsedRow.Unreadable(Unrecognised(row));
        }

        var content = reader.Read(fields);
        return fields.Fault is { } fault
            ? new ParsedRow(reader.Name, null, fault)
            : new ParsedRow(reader.Name, content, RowChecks.Check(content, limits));
    }

    private static RowFault Unrecognised(JsonElement row)
    {
        var fields = new RowFields(row);
        if (PromptKeys.FirstOrDefault(fields.Has) is { } prompt)
        {
            return RowFault.Rejected(
                RowReasons.NoAnswer,
                $"The row has a prompt in {prompt} and no answer: neither chosen and rejected, nor responses and scores, completion and label, output, or response and critique.");
        }

        var keys = string.Join(", ", row.EnumerateObject().Take(8).Select(property => property.Name.Length <= 40 ? property.Name : property.Name[..40] + "…"));
        return RowFault.Rejected(
            RowReasons.UnknownFormat,
            $"The keys ({(keys.Length == 0 ? "none" : keys)}) are those of no known format: {string.Join(", ", FeedbackFormats.Names)}.");
    }
}
