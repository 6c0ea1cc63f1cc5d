namespace AlignOps.Statistics.Resampling;

/// <summary>
/// A part of the data whose mean is resampled: of each cluster that it has a share in, the sum of its values and how many they are. The mean is Σ sums / Σ counts,
/// so clusters of many items weigh more; give each cluster its mean and a count of 1 where they should weigh the same.
/// </summary>
public sealed class BootstrapPart
{
    private BootstrapPart(int[] clusters, double[] sums, double[] counts) => (Clusters, Sums, Counts) = (clusters, sums, counts);

    internal int[] Clusters { get; }

    internal double[] Sums { get; }

    internal double[] Counts { get; }

    /// <summary>NaN for an empty part.</summary>
    public double Mean => Counts.Length == 0 ? double.NaN : Sums.Sum() / Counts.Sum();

    /// <param name="values">0-based cluster and value of each item; clusters are summed up in the order of first appearance.</param>
    /// <param name="equalClusters">Every cluster weighs the same, whatever number of items it has here.</param>
    public static BootstrapPart Of(IEnumerable<(int Cluster, double Value)> values, bool equalClusters = false)
    {
        var places = new Dictionary<int, int>();
        var clusters = new List<int>();
        var sums = new List<double>();
        var counts = new List<double>();
        foreach (var (cluster, value) in values)
        {
            if (places.TryAdd(cluster, clusters.Count))
            {
                clusters.Add(cluster);
                sums.Add(0);
                counts.Add(0);
            }

            var place = places[cluster];
            sums[place] += value;
            counts[place]++;
        }

        for (var i = 0; equalClusters && i < sums.Count; i++) (sums[i], counts[i]) = (sums[i] / counts[i], 1);
        return new BootstrapPart([.. clusters], [.. sums], [.. counts]);
    }

    internal double Acceleration()
    {
        double sum = Sums.Sum(), count = Counts.Sum();
        var leftOut = new List<double>(Clusters.Length);
        for (var i = 0; i < Clusters.Length; i++)
        {
            if (count - Counts[i] > 0) leftOut.Add((sum - Sums[i]) / (count - Counts[i]));
        }

        return Jackknife.Acceleration(leftOut);
    }
}
