using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using AlignOps.Data.Checks;
using AlignOps.Data.Feedback;
using AlignOps.Data.Formats.Tables;

namespace AlignOps.Data.Formats.Writing;

/// <summary>
/// Writes rows in the formats that are read. What is written reads back as the same row: a row that a format cannot hold without loss is not written
/// in it.
/// </summary>
public static class FeedbackWriter
{
    private static readonly RowLimits NoLimits = new()
    {
        LineBytes = int.MaxValue / 2, TextLength = int.MaxValue, Candidates = int.MaxValue, Turns = int.MaxValue, Depth = 128,
    };

    private static readonly JsonSerializerOptions Options = new()
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        MaxDepth = 128,
    };

    /// <summary>The formats that rows are written in.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. RowShapes.ByName.Keys, .. TableShape.All.Select(shape => shape.Name)];

    /// <summary>The line that stands before the rows; null for formats without one.</summary>
    public static string? Header(string format) => TableShape.Find(format) is { } shape ? TableRows.Header(shape) : null;

    /// <summary>The row as a line of the format, without its end; null where the format cannot hold all of it.</summary>
    /// <param name="format">One of <see cref="Names"/>.</param>
    public static string? Write(string format, FeedbackRow row) =>
        TableShape.Find(format) is { } shape ? WriteRecord(shape, row) : WriteJson(format, row);

    private static string? WriteJson(string format, FeedbackRow row)
    {
        if (format == "envelope")
        {
            return FeedbackJson.Write(row);
        }

        if (RowShapes.ByName[format](row) is not { } shaped)
        {
            return null;
        }

        var line = JsonSerializer.Serialize(shaped, Options);
        return new RowParser(format, NoLimits).Parse(Encoding.UTF8.GetBytes(line)) is [{ Content: { } content, Fault: not { Verdict: RowVerdict.Rejected } }] && Same(content, row) ? line : null;
    }

    private static string? WriteRecord(TableShape shape, FeedbackRow row)
    {
        if (TableRows.Cells(shape, row) is not { } cells)
        {
            return null;
        }

        var record = TableCells.Join(cells, ',');
        var header = TableHeader.Read(Encoding.UTF8.GetBytes(TableRows.Header(shape)), shape.Name)!;
        return new TableParser(header, NoLimits).Parse(Encoding.UTF8.GetBytes(record)) is { Content: { } content, Fault: not { Verdict: RowVerdict.Rejected } } && Same(content, row) ? record : null;
    }

    private static bool Same(RowContent content, FeedbackRow row) => new FeedbackRow(content.Kind, content.Prompt, content.Candidates, row.Provenance).Id == row.Id;
}
