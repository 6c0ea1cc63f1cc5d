namespace AlignOps.Evaluation.Benchmarks;

/// <summary>One question of a benchmark whose answer is known.</summary>
/// <param name="Slice">Part of the benchmark that is reported by itself, such as a subject.</param>
/// <param name="Cluster">Items of one cluster share a source and are not independent; null: the item stands alone.</param>
public abstract record BenchmarkItem(string Id, string Slice, string? Cluster);
