using System.Text;
using AlignOps.Data.Checks;
using AlignOps.Data.Content;
using AlignOps.Data.Feedback;
using AlignOps.Data.Formats;
using AlignOps.Data.Formats.Tables;

namespace AlignOps.Data.Batches;

/// <summary>
/// Reads a batch's content row by row, JSON or a table: every row that is not blank gets its outcome, in order, whatever its bytes are. The same
/// content always has the same outcomes.
/// </summary>
public sealed class BatchReader(RowLimits rowLimits, ContentLimits contentLimits)
{
    private const int HeaderBytes = 16 * 1024;

    /// <inheritdoc cref="ReadContentsAsync"/>
    public async Task<IReadOnlyList<RowOutcome>> ReadAsync(Stream content, BatchSource source, CancellationToken cancellationToken) =>
        (await ReadContentsAsync(content, source, cancellationToken)).Outcomes;

    /// <param name="content">Unpacked content; see <see cref="ContentStream"/>.</param>
    /// <exception cref="ContentException">
    /// The batch has more rows than the limit, it is no text, it is a table whose columns do not say what its rows are, or no row is usable and some fit two formats.
    /// </exception>
    /// <exception cref="ArgumentException">The source names a format that does not exist.</exception>
    public async Task<BatchContents> ReadContentsAsync(Stream content, BatchSource source, CancellationToken cancellationToken)
    {
        var window = ByteWindow.Over(content, rowLimits);
        await window.PassByteOrderMarkAsync(cancellationToken);
        var firstLine = await window.PeekLineAsync(HeaderBytes, cancellationToken);
        ContentSignatures.CheckUnpacked(window.Unread.Span);
        var table = TableHeader.Read(firstLine, source.Format);
        var outcomes = table is null
            ? await ReadRowsAsync(new ContentLines(window, rowLimits).ReadAsync(cancellationToken), new RowParser(source.Format, rowLimits).Parse, source)
            : await ReadTableAsync(window, table, source, cancellationToken);

        if (!outcomes.Any(outcome => outcome.Row is not null) && outcomes.FirstOrDefault(outcome => outcome.Fault?.Reason == RowReasons.AmbiguousFormat) is { } ambiguous)
        {
            // A batch is never read twice, so what a flag can put right is refused before it is recorded.
            throw new ContentException(RowReasons.AmbiguousFormat, $"Line {ambiguous.Line}: {ambiguous.Fault!.Sentence}");
        }

        return new BatchContents(BatchComparison.Apply(outcomes), Detection.Describe(outcomes, source.Format, table));
    }

    private async Task<List<RowOutcome>> ReadTableAsync(ByteWindow window, TableHeader table, BatchSource source, CancellationToken cancellationToken)
    {
        var parser = new TableParser(table, rowLimits);
        var lines = new TableLines(window, rowLimits, (byte)table.Separator).ReadAsync(cancellationToken).Skip(1);
        return await ReadRowsAsync(lines, bytes => [parser.Parse(bytes)], source);
    }

    private async Task<List<RowOutcome>> ReadRowsAsync(IAsyncEnumerable<ContentLine> lines, Func<ReadOnlyMemory<byte>, IReadOnlyList<ParsedRow>> parse, BatchSource source)
    {
        var outcomes = new List<RowOutcome>();
        await foreach (var line in lines)
        {
            foreach (var parsed in Fault(line.Fault) is { } fault ? [ParsedRow.Unreadable(fault)] : parse(line.Bytes))
            {
                if (outcomes.Count == contentLimits.Rows)
                {
                    throw new ContentException(ContentException.TooManyRows, $"The batch has more than {contentLimits.Rows} rows; push it in parts.");
                }

                outcomes.Add(Outcome(outcomes.Count + 1, line, parsed, source));
            }
        }

        return outcomes;
    }

    private RowFault? Fault(ContentLineFault fault) => fault switch
    {
        ContentLineFault.TooLong => RowFault.Rejected(RowReasons.LineTooLong, $"The line is longer than {rowLimits.LineBytes} bytes."),
        ContentLineFault.UnterminatedArray =>
            RowFault.Rejected(RowReasons.UnterminatedArray, "The content ends before its list is closed with \"]\": rows may be missing."),
        ContentLineFault.UnterminatedQuote =>
            RowFault.Rejected(RowReasons.UnterminatedQuote, "The content ends inside a quoted cell: the quote is not closed, and the rows behind it are in this one."),
        _ => null,
    };

    private RowOutcome Outcome(int sequence, ContentLine line, ParsedRow parsed, BatchSource source) =>
        parsed is { Content: { } read } && parsed.Fault is not { Verdict: RowVerdict.Rejected }
            ? new RowOutcome(sequence, line.Number, parsed.Fault, parsed.Format, Row(read, parsed.Format!, line.Number, source), Snippet: null)
            : new RowOutcome(sequence, line.Number, parsed.Fault, parsed.Format, Row: null, Snippet(line.Bytes.Span));

    private static FeedbackRow Row(RowContent content, string format, int line, BatchSource source) =>
        new(content.Kind, content.Prompt, content.Candidates, new Provenance(source.BatchId, line, format, source.PushedBy));

    // A NUL is valid in UTF-8 and in no text column of PostgreSQL.
    private string Snippet(ReadOnlySpan<byte> line) =>
        Encoding.UTF8.GetString(line[..Math.Min(line.Length, rowLimits.SnippetBytes)]).Replace('\0', '\uFFFD');
}
