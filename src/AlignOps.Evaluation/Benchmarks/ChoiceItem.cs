namespace AlignOps.Evaluation.Benchmarks;

/// <summary>A question with given answers; the model's is the likeliest one.</summary>
/// <param name="Context">What stands before the answer.</param>
/// <param name="Gold">Places of the right answers among <paramref name="Choices"/>; at least one.</param>
public sealed record ChoiceItem(string Id, string Slice, string? Cluster, string Context, IReadOnlyList<string> Choices, IReadOnlyList<int> Gold)
    : BenchmarkItem(Id, Slice, Cluster);
