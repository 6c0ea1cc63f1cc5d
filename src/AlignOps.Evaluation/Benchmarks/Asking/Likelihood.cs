namespace AlignOps.Evaluation.Benchmarks.Asking;

/// <summary>A text's log-likelihood.</summary>
/// <param name="LogLikelihood">Natural, of the scored tokens together.</param>
/// <param name="Truncated">What stands before them was cut to the model's positions.</param>
internal readonly record struct Likelihood(double LogLikelihood, bool Truncated);
