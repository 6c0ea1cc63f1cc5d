using AlignOps.Training.Objectives;

namespace AlignOps.Training.Metrics;

/// <summary>Adds the metrics of micro-batches up to those of the step.</summary>
internal sealed class MetricTotals
{
    private readonly SortedDictionary<string, (double Sum, double Count)> _totals = new(StringComparer.Ordinal);

    public void Add(IReadOnlyList<MetricSum> metrics)
    {
        foreach (MetricSum metric in metrics.Where(m => m.Count > 0))
        {
            (double sum, double count) = _totals.GetValueOrDefault(metric.Name);
            _totals[metric.Name] = metric.Fold switch
            {
                MetricFold.Min => (count > 0 ? Math.Min(sum, metric.Sum) : metric.Sum, 1),
                MetricFold.Max => (count > 0 ? Math.Max(sum, metric.Sum) : metric.Sum, 1),
                _ => (sum + metric.Sum, count + metric.Count),
            };
        }
    }

    public IReadOnlyDictionary<string, double> Means() =>
        _totals.ToDictionary(t => t.Key, t => t.Value.Sum / t.Value.Count, StringComparer.Ordinal);
}
