using System.Globalization;
using AlignOps.Data.Feedback;
using AlignOps.Data.Formats.Tables;

namespace AlignOps.Data.Formats.Writing;

/// <summary>Rows as a table's cells; every shape has a column for a system prompt.</summary>
internal static class TableRows
{
    public static string Header(TableShape shape) => TableCells.Join(Columns(shape).Select(column => column.ToString().ToLowerInvariant()), ',');

    /// <summary>The cells in the header's order; null where the prompt has more turns than a table holds.</summary>
    public static IReadOnlyList<string>? Cells(TableShape shape, FeedbackRow row)
    {
        if (row.Kind != shape.Kind || row.Prompt is not ([{ Role: "user" }] or [{ Role: "system" }, { Role: "user" }]))
        {
            return null;
        }

        return [.. Columns(shape).Select(column => SpreadsheetText.Protect(Cell(column, row)))];
    }

    private static IEnumerable<ColumnRole> Columns(TableShape shape) => [ColumnRole.System, .. shape.Required, .. shape.Beside];

    private static string Cell(ColumnRole column, FeedbackRow row) => column switch
    {
        ColumnRole.System => row.Prompt.Count == 2 ? row.Prompt[0].Content : "",
        ColumnRole.Prompt => row.Prompt[^1].Content,
        ColumnRole.Chosen or ColumnRole.Answer => row.Candidates[0].Text,
        ColumnRole.Rejected => row.Candidates[1].Text,
        ColumnRole.Label => row.Candidates[0].Label == true ? "up" : "down",
        ColumnRole.Score => row.Candidates[0].Score?.ToString("R", CultureInfo.InvariantCulture) ?? "",
        _ => row.Candidates[0].Critique ?? "",
    };
}
