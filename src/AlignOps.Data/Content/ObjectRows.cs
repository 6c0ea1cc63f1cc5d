using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using AlignOps.Data.Checks;
using AlignOps.Data.Formats.Tables;

namespace AlignOps.Data.Content;

/// <summary>
/// Reads a file of any keys row by row: JSONL, a JSON array, or a table with a header line. What a row's keys mean is the caller's affair; every row that is not blank is told of.
/// </summary>
public static class ObjectRows
{
    private const int HeaderBytes = 16 * 1024;
    private static readonly JsonDocumentOptions NoDuplicates = new() { AllowDuplicateProperties = false };

    /// <param name="content">Unpacked content; see <see cref="ContentStream"/>.</param>
    /// <exception cref="ContentException">It is no text, or has more rows than the limit.</exception>
    public static async IAsyncEnumerable<ObjectRow> ReadAsync(
        Stream content, RowLimits rows, ContentLimits limits, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var window = ByteWindow.Over(content, rows);
        await window.PassByteOrderMarkAsync(cancellationToken);
        var first = await window.PeekLineAsync(HeaderBytes, cancellationToken);
        ContentSignatures.CheckUnpacked(window.Unread.Span);
        var header = Header(first);
        var lines = header is null
            ? new ContentLines(window, rows).ReadAsync(cancellationToken)
            : new TableLines(window, rows, (byte)header.Value.Separator).ReadAsync(cancellationToken).Skip(1);
        var count = 0;
        await foreach (var line in lines)
        {
            if (++count > limits.Rows)
            {
                throw new ContentException(ContentException.TooManyRows, $"The file has more than {limits.Rows} rows.");
            }

            yield return line.Fault != ContentLineFault.None ? new ObjectRow(line.Number, null, Sentence(line.Fault, rows))
                : !Utf8.IsValid(line.Bytes.Span) ? new ObjectRow(line.Number, null, "not valid UTF-8.")
                : header is { } table ? OfCells(line, table.Names, table.Separator)
                : OfJson(line, rows);
        }
    }

    /// <summary>A table's header: cells without braces or brackets, at least two of them.</summary>
    private static (IReadOnlyList<string> Names, char Separator)? Header(ReadOnlyMemory<byte> line)
    {
        var text = Encoding.UTF8.GetString(line.Span).TrimEnd('\r', '\n');
        if (text.TrimStart() is ['{' or '[', ..])
        {
            return null;
        }

        var separator = text.Contains('\t') ? '\t' : ',';
        return TableCells.Split(text, separator).Cells is { Count: > 1 } names && names.Distinct(StringComparer.Ordinal).Count() == names.Count ? (names, separator) : null;
    }

    private static ObjectRow OfCells(ContentLine line, IReadOnlyList<string> names, char separator)
    {
        var (cells, faulty) = TableCells.Split(Encoding.UTF8.GetString(line.Bytes.Span), separator);
        return cells is null ? new ObjectRow(line.Number, null, $"cell {faulty} holds a quote in the wrong place.")
            : cells.Count != names.Count ? new ObjectRow(line.Number, null, $"{cells.Count} cells under a header of {names.Count}.")
            : new ObjectRow(line.Number, JsonSerializer.SerializeToElement(names.Zip(cells).ToDictionary(pair => pair.First, pair => pair.Second)), null);
    }

    private static ObjectRow OfJson(ContentLine line, RowLimits rows)
    {
        try
        {
            using var document = JsonDocument.Parse(line.Bytes, NoDuplicates with { MaxDepth = rows.Depth });
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? new ObjectRow(line.Number, document.RootElement.Clone(), null)
                : new ObjectRow(line.Number, null, "expected an object.");
        }
        catch (JsonException fault)
        {
            return new ObjectRow(line.Number, null, $"not valid JSON: {fault.Message}");
        }
    }

    private static string Sentence(ContentLineFault fault, RowLimits rows) => fault switch
    {
        ContentLineFault.TooLong => $"longer than {rows.LineBytes} bytes.",
        ContentLineFault.UnterminatedArray => "the content ends before its list is closed.",
        _ => "the content ends inside a quoted cell.",
    };
}
