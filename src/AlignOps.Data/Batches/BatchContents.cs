namespace AlignOps.Data.Batches;

/// <summary>A batch as it was read.</summary>
/// <param name="Outcomes">One a piece of feedback, in the content's order; a line of some formats holds several.</param>
/// <param name="Detected">For each format, most rows first, a sentence part for people: what it was recognised by, in how many rows.</param>
public sealed record BatchContents(IReadOnlyList<RowOutcome> Outcomes, IReadOnlyList<string> Detected);
