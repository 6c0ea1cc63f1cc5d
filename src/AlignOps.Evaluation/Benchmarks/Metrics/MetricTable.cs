using AlignOps.Models.Sampling;

namespace AlignOps.Evaluation.Benchmarks.Metrics;

/// <summary>From items to estimates.</summary>
internal static class MetricTable
{
    private const int Resamples = 1000;

    public static IReadOnlyList<MetricEstimate> Of(IReadOnlyList<ItemResult> items, long seed)
    {
        ItemResult[] scored = [.. items.Where(item => item.Unscored is null)];
        TextUnits[] texts = [.. scored.Select(item => item.Units).OfType<TextUnits>()];
        return texts.Length > 0
            ? [.. new[] { Perplexity.Word, Perplexity.Byte, Perplexity.Bits }.Select(metric => OfTexts(metric, texts, seed))]
            : [.. scored.SelectMany(item => item.Metrics.Keys).Distinct(StringComparer.Ordinal).Select(metric => OfMean(metric, [.. scored.Where(item => item.Metrics.ContainsKey(metric))]))];
    }

    public static IReadOnlyDictionary<string, IReadOnlyList<MetricEstimate>> BySlice(IReadOnlyList<ItemResult> items, long seed)
    {
        var slices = items.GroupBy(item => item.Item.Slice, StringComparer.Ordinal).ToList();
        return new SortedDictionary<string, IReadOnlyList<MetricEstimate>>(
            slices.Count < 2 ? [] : slices.ToDictionary(slice => slice.Key, slice => Of([.. slice], seed)), StringComparer.Ordinal);
    }

    /// <summary>A mean, weighted where items have weights w, with its standard error; items of one cluster deviate together: √(C/(C−1)·Σ_c(Σ_{i∈c} w_i·(x_i − mean))²)/Σw.</summary>
    private static MetricEstimate OfMean(string metric, ItemResult[] items)
    {
        double Weight(ItemResult item) => item.Weights?.GetValueOrDefault(metric, 1) ?? 1;
        var total = items.Sum(Weight);
        var mean = items.Sum(item => Weight(item) * item.Metrics[metric]) / total;
        double[] clusters =
            [.. items.GroupBy(item => item.Item.Cluster is { } cluster ? "c" + cluster : "i" + item.Item.Id).Select(cluster => cluster.Sum(item => Weight(item) * (item.Metrics[metric] - mean)))];
        double? error = clusters.Length < 2 ? null : Math.Sqrt(clusters.Length / (clusters.Length - 1.0) * clusters.Sum(sum => sum * sum)) / total;
        return new MetricEstimate(metric, mean, error, items.Length);
    }

    private static MetricEstimate OfTexts(string metric, TextUnits[] texts, long seed)
    {
        var random = new RandomStream(seed);
        double[] resampled = [.. Enumerable.Range(0, texts.Length < 2 ? 0 : Resamples).Select(_ => Perplexity.Of(metric, Enumerable.Range(0, texts.Length).Select(_ => texts[random.NextInt(texts.Length)]).ToArray()))];
        var centre = resampled.Length == 0 ? 0 : resampled.Average();
        double? error = resampled.Length == 0 ? null : Math.Sqrt(resampled.Sum(value => Math.Pow(value - centre, 2)) / (resampled.Length - 1));
        return new MetricEstimate(metric, Perplexity.Of(metric, texts), error, texts.Length);
    }
}
