namespace AlignOps.Training.HeldOut;

/// <summary>One held-out example under a policy.</summary>
/// <param name="Pairs">Strictly ordered pairs of its answers.</param>
/// <param name="RightPairs">Those that the policy's log-probability per token orders alike.</param>
/// <param name="BestNegativeLogLikelihood">−Σ log π of the best answer, end token included.</param>
/// <param name="BestTokens">Tokens of the best answer.</param>
public sealed record HeldOutOutcome(string RowId, int Pairs, int RightPairs, double BestNegativeLogLikelihood, int BestTokens);
