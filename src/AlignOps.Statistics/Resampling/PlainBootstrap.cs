namespace AlignOps.Statistics.Resampling;

/// <summary>The cluster bootstrap as one would write it down first. <see cref="ClusterBootstrap"/> has to give its bits.</summary>
internal static class PlainBootstrap
{
    public static double[][] Means(IReadOnlyList<BootstrapPart> parts, int clusters, int draws, long seed)
    {
        var means = parts.Select(_ => new double[draws]).ToArray();
        for (var draw = 0; draw < draws; draw++)
        {
            var stream = new DrawStream(seed, draw);
            var times = new int[clusters];
            for (var i = 0; i < clusters; i++) times[stream.NextInt(clusters)]++;

            for (var part = 0; part < parts.Count; part++)
            {
                double sum = 0, count = 0;
                for (var i = 0; i < parts[part].Clusters.Length; i++)
                {
                    sum += times[parts[part].Clusters[i]] * parts[part].Sums[i];
                    count += times[parts[part].Clusters[i]] * parts[part].Counts[i];
                }

                means[part][draw] = sum / count;
            }
        }

        return means;
    }
}
