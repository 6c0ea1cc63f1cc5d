namespace AlignOps.Data.Feedback;

/// <summary>Where a row came from; not part of its identity.</summary>
/// <param name="BatchId">The batch that brought it; empty until it has one.</param>
/// <param name="Line">The line of the pushed file, 1-based; 0 for synthetic rows.</param>
/// <param name="Format">The format it was read from, such as <c>trl-preference</c> or <c>synthetic</c>.</param>
/// <param name="PushedBy">The name of the key that pushed it, or the generator's name.</param>
/// <param name="SyntheticDepth">0 for feedback, 1 for answers sampled on feedback's prompts.</param>
/// <param name="ParentRowId">For synthetic rows, the row whose prompt was used.</param>
public sealed record Provenance(string BatchId, int Line, string Format, string PushedBy, int SyntheticDepth = 0, string? ParentRowId = null);
