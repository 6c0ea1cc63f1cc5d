namespace AlignOps.Evaluation.Benchmarks;

/// <summary>What a text's log-likelihood is divided by.</summary>
/// <param name="LogLikelihood">Natural, of the whole text.</param>
/// <param name="Words">Parts between runs of white space.</param>
/// <param name="Bytes">In UTF-8.</param>
public sealed record TextUnits(double LogLikelihood, int Words, int Bytes);
