namespace AlignOps.Evaluation.Regression.Trials;

/// <summary>Why a run cannot be tried without a batch.</summary>
/// <param name="Code"><c>unknown-batch</c>, <c>no-regression</c> or <c>only-batch</c>.</param>
internal sealed record TrialRefusal(string Code, string Sentence);
