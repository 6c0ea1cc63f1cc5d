namespace AlignOps.Intake.Batches;

/// <summary>One row that was not accepted, as a report shows it.</summary>
public sealed record RowProblem(int Line, string Verdict, string Reason, string Sentence);
