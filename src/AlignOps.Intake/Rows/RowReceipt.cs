namespace AlignOps.Intake.Rows;

/// <summary>What became of one row of a request.</summary>
/// <param name="Row">1-based place in the request.</param>
/// <param name="Verdict">As in a batch's report; accepted and quarantined rows are kept for the next batch.</param>
/// <param name="RowId">The content's identity; null where the row could not be read.</param>
public sealed record RowReceipt(int Row, string Verdict, string? Reason, string? Sentence, string? Kind, string? RowId);
