using AlignOps.Benchmarks.Proofs.Real;

namespace AlignOps.Benchmarks.Proofs.Methods;

/// <summary>One training to be had.</summary>
internal sealed record MethodJob(MethodRecipe Recipe, double LearningRate, string Label, IReadOnlyList<PreferencePair> Training, IReadOnlyList<PreferencePair> HeldOut);
