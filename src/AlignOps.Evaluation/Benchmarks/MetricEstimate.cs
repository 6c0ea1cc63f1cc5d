namespace AlignOps.Evaluation.Benchmarks;

/// <summary>A metric over items.</summary>
/// <param name="StandardError">Of a mean: s/√n, clustered where items share a source; of a perplexity: by bootstrap over items. Null for fewer than two.</param>
/// <param name="Count">Items that it was computed from.</param>
public sealed record MetricEstimate(string Name, double Value, double? StandardError, int Count);
