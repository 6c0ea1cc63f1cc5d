namespace AlignOps.Evaluation.Benchmarks.Asking;

/// <summary>Tokens of which the last ones are scored.</summary>
internal sealed record LikelihoodRequest(int[] Context, int[] Continuation);
