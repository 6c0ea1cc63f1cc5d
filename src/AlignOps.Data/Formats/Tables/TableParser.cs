using System.Globalization;
using System.Text;
using System.Text.Unicode;
using AlignOps.Data.Checks;
using AlignOps.Data.Feedback;

namespace AlignOps.Data.Formats.Tables;

/// <summary>Reads one record's bytes into a checked row. Any bytes get an answer; none throw.</summary>
internal sealed class TableParser(TableHeader header, RowLimits limits)
{
    public ParsedRow Parse(ReadOnlyMemory<byte> record)
    {
        if (!Utf8.IsValid(record.Span))
        {
            return ParsedRow.Unreadable(RowFault.Rejected(RowReasons.InvalidUtf8, "The line is not valid UTF-8; save the table as UTF-8."));
        }

        var (cells, faulty) = TableCells.Split(Encoding.UTF8.GetString(record.Span), header.Separator);
        if (cells is null)
        {
            return ParsedRow.Unreadable(RowFault.Rejected(
                RowReasons.MalformedCsv, $"Cell {faulty} holds a quote in the wrong place; a cell with quotes stands in quotes, and each quote in it is doubled."));
        }

        if (cells.Count != header.Columns.Count)
        {
            return ParsedRow.Unreadable(RowFault.Rejected(
                RowReasons.ColumnCount, $"The row has {cells.Count} cells and the header {header.Columns.Count}; a cell that holds the separator stands in quotes."));
        }

        return Read(cells);
    }

    private ParsedRow Read(IReadOnlyList<string> cells)
    {
        var (candidates, fault) = Candidates(cells);
        if (fault is not null)
        {
            return new ParsedRow(header.Shape.Name, null, fault);
        }

        var content = new RowContent(header.Shape.Kind, Prompt(cells), candidates);
        return new ParsedRow(header.Shape.Name, content, RowChecks.Check(content, limits) ?? Formula(content));
    }

    private IReadOnlyList<ChatMessage> Prompt(IReadOnlyList<string> cells)
    {
        var (prompt, input, system) = (Text(cells, ColumnRole.Prompt) ?? "", Text(cells, ColumnRole.Input), Text(cells, ColumnRole.System));
        var asked = Transcript.IsTranscript(prompt) ? Transcript.Read(prompt) : [.. AlpacaReader.Prompt(prompt, input)];
        return system is null ? asked : [new ChatMessage("system", system), .. asked];
    }

    private (IReadOnlyList<Candidate> Candidates, RowFault? Fault) Candidates(IReadOnlyList<string> cells)
    {
        if (header.Shape.Kind == FeedbackKind.Preference)
        {
            return ([new Candidate(Text(cells, ColumnRole.Chosen) ?? "", Score: 1), new Candidate(Text(cells, ColumnRole.Rejected) ?? "", Score: 0)], null);
        }

        var (label, score) = (Text(cells, ColumnRole.Label), Text(cells, ColumnRole.Score));
        var (thumb, number) = (label is null ? null : ThumbWords.Read(label), Number(score));
        var fault = label is not null && thumb is null
                ? RowFault.Rejected(RowReasons.WrongType, $"The label \"{Shorten(label)}\" is no thumb; write true or false, up or down, 1 or 0, yes or no.")
            : score is not null && number is null
                ? RowFault.Rejected(RowReasons.WrongType, $"The score \"{Shorten(score)}\" is no number; write it with a decimal point.")
            : null;
        return ([new Candidate(Text(cells, ColumnRole.Answer) ?? "", number, thumb, Text(cells, ColumnRole.Critique))], fault);
    }

    private string? Text(IReadOnlyList<string> cells, ColumnRole role) =>
        header.Places.TryGetValue(role, out var place) && !string.IsNullOrWhiteSpace(cells[place]) ? SpreadsheetText.Unprotect(cells[place]) : null;

    private static double? Number(string? text) =>
        text is not null && double.TryParse(text.Trim(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static RowFault? Formula(RowContent content)
    {
        foreach (var (name, text) in content.Texts())
        {
            if (SpreadsheetText.IsFormula(text))
            {
                return RowFault.Quarantined(RowReasons.SpreadsheetFormula, $"{name} begins like a spreadsheet's formula, which a spreadsheet would run.");
            }
        }

        return null;
    }

    private static string Shorten(string text) => text.Length <= 40 ? text : text[..40] + "…";
}
