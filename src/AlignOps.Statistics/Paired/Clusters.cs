namespace AlignOps.Statistics.Paired;

/// <summary>Items that share a source (a conversation, a fact, repeated draws) are not independent: each cluster gives one value, its mean.</summary>
public static class Clusters
{
    /// <summary>The mean of each cluster, in the order of first appearance. The mean over clusters weighs clusters equally, not items.</summary>
    public static IReadOnlyList<double> Means(IEnumerable<(string Cluster, double Value)> items) => [.. Named(items).Select(cluster => cluster.Mean)];

    /// <summary>The same means, each with its cluster.</summary>
    public static IReadOnlyList<(string Cluster, double Mean)> Named(IEnumerable<(string Cluster, double Value)> items)
    {
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        var totals = new List<(string Cluster, double Sum, int Count)>();
        foreach (var (cluster, value) in items)
        {
            if (places.TryAdd(cluster, totals.Count)) totals.Add((cluster, 0, 0));
            var (_, sum, count) = totals[places[cluster]];
            totals[places[cluster]] = (cluster, sum + value, count + 1);
        }

        return [.. totals.Select(total => (total.Cluster, total.Sum / total.Count))];
    }
}
