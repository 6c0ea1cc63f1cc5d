using AlignOps.Data.Checks;
using AlignOps.Data.Feedback;

namespace AlignOps.Data.Batches;

/// <summary>What became of one row of a batch.</summary>
/// <param name="Sequence">1-based, in the order of the content; with the batch id it names the row for good.</param>
/// <param name="Line">The line of the pushed content.</param>
/// <param name="Fault">Why the row is not accepted; null when it is.</param>
/// <param name="Format">The format it was read as; null when none was recognised.</param>
/// <param name="Row">The feedback, unless the row was rejected.</param>
/// <param name="Snippet">The beginning of a rejected row, for the person who looks for it.</param>
public sealed record RowOutcome(int Sequence, int Line, RowFault? Fault, string? Format, FeedbackRow? Row, string? Snippet)
{
    public RowVerdict Verdict => Fault?.Verdict ?? RowVerdict.Accepted;
}
