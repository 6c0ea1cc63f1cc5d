namespace AlignOps.Contracts.Evidence;

/// <summary>A pair judged in both orders, from the candidate's side.</summary>
/// <param name="Outcome">Mean over the orders of 1 win, 1/2 tie, 0 loss; 1/2 where the orders contradict each other; null when unscored.</param>
/// <param name="Consistent">Both orders said the same.</param>
/// <param name="UnscoredReason">Why there is no outcome. Unscored is an outcome of its own: never a tie, never left out of the count.</param>
public sealed record EvidenceComparison(double? Outcome, bool Consistent, string? UnscoredReason);
