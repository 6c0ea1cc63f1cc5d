namespace AlignOps.Intake.Rows;

/// <summary>What became of a request's rows. What it says is kept is durable.</summary>
/// <param name="Kept">Rows that wait for the next batch because of this request.</param>
/// <param name="Waiting">Rows of the caller that wait, these and earlier ones.</param>
/// <param name="Detected">What the rows were taken for.</param>
public sealed record RowsReceipt(string Pipeline, int Kept, int Waiting, IReadOnlyList<string> Detected, IReadOnlyList<RowReceipt> Rows);
