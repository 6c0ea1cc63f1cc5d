namespace AlignOps.Evaluation.People.Files;

/// <summary>What became of a row of a labels' file.</summary>
/// <param name="Line">1-based.</param>
/// <param name="Verdict"><c>accepted</c> or <c>rejected</c>.</param>
/// <param name="Reason">A code; null where it was accepted.</param>
public sealed record ImportedRow(int Line, string Verdict, string? Reason, string? Sentence);
