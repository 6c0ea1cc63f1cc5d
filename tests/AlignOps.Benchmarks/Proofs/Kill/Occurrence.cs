namespace AlignOps.Benchmarks.Proofs.Kill;

/// <summary>One change of the deployment's state, as seen from outside.</summary>
/// <param name="Kind">What happened, in words that the same step of another run shares.</param>
/// <param name="Role">Whose doing it is.</param>
internal sealed record Occurrence(string Kind, string Role);
