namespace AlignOps.Evaluation.Benchmarks;

/// <summary>What a model came to on one item.</summary>
/// <param name="Metrics">By name; empty where <paramref name="Unscored"/> says why there are none.</param>
/// <param name="Outputs">What the metrics were computed from: log-likelihoods by choice, or the answer and what was extracted.</param>
/// <param name="Units">Words and UTF-8 bytes of a text whose perplexity is measured; else null.</param>
/// <param name="Truncated">The context was cut from its beginning to fit the model's positions.</param>
public sealed record ItemResult(
    BenchmarkItem Item, IReadOnlyDictionary<string, double> Metrics, IReadOnlyDictionary<string, object> Outputs, TextUnits? Units, bool Truncated, string? Unscored)
{
    /// <summary>How much an item counts for a metric, such as its instructions for a mean over all instructions; one where it is not named.</summary>
    public IReadOnlyDictionary<string, int>? Weights { get; init; }

    internal static ItemResult NotScored(BenchmarkItem item, string reason) =>
        new(item, new Dictionary<string, double>(), new Dictionary<string, object>(), null, false, reason);
}
