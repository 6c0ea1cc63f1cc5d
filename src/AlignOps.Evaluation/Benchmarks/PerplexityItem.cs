namespace AlignOps.Evaluation.Benchmarks;

/// <summary>A text whose likelihood is measured.</summary>
public sealed record PerplexityItem(string Id, string Slice, string? Cluster, string Text) : BenchmarkItem(Id, Slice, Cluster);
