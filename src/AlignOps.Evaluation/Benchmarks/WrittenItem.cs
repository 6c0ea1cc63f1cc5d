namespace AlignOps.Evaluation.Benchmarks;

/// <summary>A question that the model answers in its own words.</summary>
/// <param name="Prompt">What the model continues.</param>
public abstract record WrittenItem(string Id, string Slice, string? Cluster, string Prompt) : BenchmarkItem(Id, Slice, Cluster);
