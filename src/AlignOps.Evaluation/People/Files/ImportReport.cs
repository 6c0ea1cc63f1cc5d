namespace AlignOps.Evaluation.People.Files;

/// <summary>What became of a file of labels, row by row.</summary>
public sealed record ImportReport(int Accepted, int Rejected, IReadOnlyList<ImportedRow> Rows);
