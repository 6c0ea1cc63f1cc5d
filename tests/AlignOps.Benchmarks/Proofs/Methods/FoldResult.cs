namespace AlignOps.Benchmarks.Proofs.Methods;

/// <summary>A method after training on all folds but one, on the pairs of that one: 1 where the preferred answer is put first, 1/2 where neither is, else 0.</summary>
/// <param name="Own">By the method's own measure.</param>
/// <param name="PerToken">By log-probability per token; null where the method trains no policy.</param>
internal sealed record FoldResult(double[] Own, double[]? PerToken, int Steps, double FinalLoss, double Seconds);
