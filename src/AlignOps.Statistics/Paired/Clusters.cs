namespace AlignOps.Statistics.Paired;

/// <summary>Items that share a source (a conversation, a fact, repeated draws) are not independent: each cluster gives one value, its mean.</summary>
public static class Clusters
{
    /// <summary>The mean of each cluster, in the order of first appearance. The mean over clusters weighs clusters equally, not items.</summary>
    public static IReadOnlyList<double> Means(IEnumerable<(string Cluster, double Value)> items)
    {
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        var totals = new List<(double Sum, int Count)>();
        foreach (var (cluster, value) in items)
        {
            if (places.TryAdd(cluster, totals.Count)) totals.Add((0, 0));
            var (sum, count) = totals[places[cluster]];
            totals[places[cluster]] = (sum + value, count + 1);
        }

        return [.. totals.Select(total => total.Sum / total.Count)];
    }
}
