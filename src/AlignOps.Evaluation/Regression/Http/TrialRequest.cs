namespace AlignOps.Evaluation.Regression.Http;

/// <summary>Which batch to leave out; null is the one that stands out most.</summary>
internal sealed record TrialRequest(string? BatchId);
