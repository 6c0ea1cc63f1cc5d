namespace AlignOps.Intake.Batches;

/// <summary>Rows of a batch in their order.</summary>
/// <param name="Next">What to pass as <c>after</c> for the rows behind these; null at the end.</param>
public sealed record RowPage(IReadOnlyList<RowView> Rows, int? Next);
