namespace AlignOps.Benchmarks.Proofs.Canary;

/// <summary>One request of the load and what came of it.</summary>
/// <param name="At">When the answer was in, in Unix milliseconds.</param>
/// <param name="Fault">What went wrong; null where nothing did.</param>
internal sealed record LoadAnswer(long At, string? Fault, string InferenceId, string Role, string Model, string Text);
