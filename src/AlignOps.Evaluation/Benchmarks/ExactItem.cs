namespace AlignOps.Evaluation.Benchmarks;

/// <summary>A question that the model answers in its own words; right is what equals a target after extraction.</summary>
/// <param name="Prompt">What the model continues.</param>
/// <param name="Targets">Any one of them is right.</param>
public sealed record ExactItem(string Id, string Slice, string? Cluster, string Prompt, IReadOnlyList<string> Targets) : WrittenItem(Id, Slice, Cluster, Prompt);
