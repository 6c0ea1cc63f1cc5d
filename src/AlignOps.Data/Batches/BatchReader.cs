using System.Text;
using AlignOps.Data.Checks;
using AlignOps.Data.Content;
using AlignOps.Data.Feedback;
using AlignOps.Data.Formats;

namespace AlignOps.Data.Batches;

/// <summary>
/// Reads a batch's content row by row: every row that is not blank gets exactly one outcome, in order, whatever its bytes are. The same
/// content always has the same outcomes.
/// </summary>
public sealed class BatchReader(RowLimits rowLimits, ContentLimits contentLimits)
{
    /// <param name="content">Unpacked content; see <see cref="ContentStream"/>.</param>
    /// <exception cref="ContentException">The batch has more rows than the limit.</exception>
    /// <exception cref="ArgumentException">The source names a format that does not exist.</exception>
    public async Task<IReadOnlyList<RowOutcome>> ReadAsync(Stream content, BatchSource source, CancellationToken cancellationToken)
    {
        var parser = new RowParser(source.Format, rowLimits);
        var outcomes = new List<RowOutcome>();
        await foreach (var line in new ContentLines(content, rowLimits).ReadAsync(cancellationToken))
        {
            if (outcomes.Count == contentLimits.Rows)
            {
                throw new ContentException(ContentException.TooManyRows, $"The batch has more than {contentLimits.Rows} rows; push it in parts.");
            }

            outcomes.Add(Outcome(outcomes.Count + 1, line, parser, source));
        }

        return BatchComparison.Apply(outcomes);
    }

    private RowOutcome Outcome(int sequence, ContentLine line, RowParser parser, BatchSource source)
    {
        var parsed = line.Fault switch
        {
            ContentLineFault.TooLong => ParsedRow.Unreadable(RowFault.Rejected(RowReasons.LineTooLong, $"The line is longer than {rowLimits.LineBytes} bytes.")),
            ContentLineFault.UnterminatedArray => ParsedRow.Unreadable(
                RowFault.Rejected(RowReasons.UnterminatedArray, "The content ends before its list is closed with \"]\": rows may be missing.")),
            _ => parser.Parse(line.Bytes),
        };

        return parsed is { Content: { } read } && parsed.Fault is not { Verdict: RowVerdict.Rejected }
            ? new RowOutcome(sequence, line.Number, parsed.Fault, parsed.Format, Row(read, parsed.Format!, line.Number, source), Snippet: null)
            : new RowOutcome(sequence, line.Number, parsed.Fault, parsed.Format, Row: null, Snippet(line.Bytes.Span));
    }

    private static FeedbackRow Row(RowContent content, string format, int line, BatchSource source) =>
        new(content.Kind, content.Prompt, content.Candidates, new Provenance(source.BatchId, line, format, source.PushedBy));

    // A NUL is valid in UTF-8 and in no text column of PostgreSQL.
    private string Snippet(ReadOnlySpan<byte> line) =>
        Encoding.UTF8.GetString(line[..Math.Min(line.Length, rowLimits.SnippetBytes)]).Replace('\0', '\uFFFD');
}
