namespace AlignOps.Evaluation.Regression.Trials;

/// <summary>How a trial stands.</summary>
/// <param name="State"><c>training</c>, <c>evaluating</c>, <c>done</c> or <c>failed</c>.</param>
/// <param name="Reason">Why it failed; empty otherwise.</param>
/// <param name="Finding">Null until it is done.</param>
public sealed record TrialView(string TrialId, string BatchId, string State, string Reason, TrialFinding? Finding);
