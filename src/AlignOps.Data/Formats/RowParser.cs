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

    /// <summary>Mostly one row; several where the format puts more than one piece of feedback in a line; never none.</summary>
    public IReadOnlyList<ParsedRow> Parse(ReadOnlyMemory<byte> line)
    {
        if (!Utf8.IsValid(line.Span))
        {
            return [ParsedRow.Unreadable(RowFault.Rejected(RowReasons.InvalidUtf8, "The line is not valid UTF-8."))];
        }

        try
        {
            using var document = JsonDocument.Parse(line, _options);
            return Read(document.RootElement);
        }
        catch (JsonException fault)
        {
            return [ParsedRow.Unreadable(JsonFaults.Explain(line, fault, limits.Depth))];
        }
        catch (InvalidOperationException)
        {
            // The one thing that System.Text.Json finds only while a text is read: an escaped surrogate without its other half.
            return [ParsedRow.Unreadable(RowFault.Rejected(RowReasons.InvalidUnicode, "A text of the row holds half of a surrogate pair, as in \"\\ud83d\" alone."))];
        }
    }

    private IReadOnlyList<ParsedRow> Read(JsonElement row)
    {
        if (row.ValueKind != JsonValueKind.Object)
        {
            return [ParsedRow.Unreadable(RowFault.Rejected(RowReasons.NotAnObject, "The line is JSON but not an object."))];
        }

        var fields = new RowFields(row);
        IReadOnlyList<IFormatReader> fits = _forced is null ? FeedbackFormats.Detect(fields) : [_forced];
        if (fits is not [var reader])
        {
            return [ParsedRow.Unreadable(fits.Count == 0 ? Unrecognised(row) : Ambiguous(fits))];
        }

        var contents = reader.ReadAll(fields);
        return fields.Fault is { } fault
            ? [new ParsedRow(reader.Name, null, fault)]
            : [.. contents.Select(content => new ParsedRow(reader.Name, content, RowChecks.Check(content, limits)))];
    }

    private static RowFault Ambiguous(IReadOnlyList<IFormatReader> fits) => RowFault.Rejected(
        RowReasons.AmbiguousFormat,
        $"The keys fit {string.Join(" and ", fits.Select(reader => $"{reader.Name} ({reader.Keys})"))}; say which is meant with --format {string.Join(" or --format ", fits.Select(reader => reader.Name))}.");

    private static RowFault Unrecognised(JsonElement row)
    {
        var fields = new RowFields(row);
        if (NotFeedback.Find(fields.Has) is { } known)
        {
            return RowFault.Rejected(RowReasons.NotFeedback, known);
        }

        if (PromptKeys.FirstOrDefault(fields.Has) is { } prompt)
        {
            return RowFault.Rejected(
                RowReasons.NoAnswer,
                $"The row has a prompt in {prompt} and no answer: neither chosen and rejected, nor responses and scores, completion and label, output, or response and critique.");
        }

        var keys = string.Join(", ", row.EnumerateObject().Take(8).Select(property => property.Name.Length <= 40 ? property.Name : property.Name[..40] + "…"));
        return RowFault.Rejected(
            RowReasons.UnknownFormat,
            $"The keys ({(keys.Length == 0 ? "none" : keys)}) are those of no known format: {string.Join(", ", FeedbackFormats.RowNames)}.");
    }
}
