namespace AlignOps.Statistics.Betting;

/// <summary>
/// Items that come one by one and share sources, as values to bet on: a source's mean, once the last of its items has come. A bet on part of a source, or an item at a time,
/// is no fair bet: who looks in the middle of a source has seen where it leads.
/// </summary>
public sealed class ClusterStream
{
    private readonly Dictionary<string, (double Sum, int Scored, int Left)> _open;

    /// <param name="sizes">How many items each source will bring; the suite tells.</param>
    public ClusterStream(IEnumerable<KeyValuePair<string, int>> sizes) =>
        _open = sizes.ToDictionary(size => size.Key, size => (0.0, 0, size.Value), StringComparer.Ordinal);

    /// <summary>The mean of the source's scored items if this was its last item, otherwise null, as where none was scored.</summary>
    /// <param name="value">Null for an item that could not be scored.</param>
    /// <exception cref="ArgumentException">The source is not known or has brought all its items.</exception>
    public double? Add(string cluster, double? value)
    {
        if (!_open.TryGetValue(cluster, out var seen) || seen.Left == 0) throw new ArgumentException($"Nothing more was expected of {cluster}.", nameof(cluster));

        seen = (seen.Sum + (value ?? 0), seen.Scored + (value is null ? 0 : 1), seen.Left - 1);
        _open[cluster] = seen;
        return seen is { Left: 0, Scored: > 0 } ? seen.Sum / seen.Scored : null;
    }
}
