using AlignOps.Training.Objectives;

namespace AlignOps.Training.Metrics;

/// <summary>Adds the metrics of micro-batches up to those of the step.</summary>
internal sealed class MetricTotals
{
    private readonly SortedDictionary<string, (double Sum, double Count)> _totals = new(StringComparer.Ordinal);

    public void Add(IReadOnlyList<MetricSum> metrics)
    {
        foreach (MetricSum metric in metrics)
        {
            (double sum, double count) = _totals.GetValueOrDefault(metric.Name);
            _totals[metric.Name] = (sum + metric.Sum, count + metric.Count);
        }
    }

    public IReadOnlyDictionary<string, double> Means() =>
        _totals.Where(t => t.Value.Count > 0).ToDictionary(t => t.Key, t => t.Value.Sum / t.Value.Count, StringComparer.Ordinal);
}
