namespace AlignOps.Evaluation.Benchmarks;

/// <summary>A model's results on a benchmark.</summary>
/// <param name="All">Over all scored items.</param>
/// <param name="Slices">By slice, in ordinal order; empty where there is one slice only.</param>
public sealed record BenchmarkResult(
    Benchmark Benchmark, IReadOnlyList<ItemResult> Items, IReadOnlyList<MetricEstimate> All, IReadOnlyDictionary<string, IReadOnlyList<MetricEstimate>> Slices)
{
    /// <summary>Items without a score, which are no wrong answers and no right ones.</summary>
    public int Unscored => Items.Count(item => item.Unscored is not null);

    /// <summary>Protections that were on where answers were run as programs; null where none was run.</summary>
    public IReadOnlyList<string>? Guards { get; init; }

    /// <summary>Items whose context was cut.</summary>
    public int Truncated => Items.Count(item => item.Truncated);
}
