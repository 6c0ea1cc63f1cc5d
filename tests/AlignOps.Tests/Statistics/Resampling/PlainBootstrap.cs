using AlignOps.Statistics.Resampling;

namespace AlignOps.Tests.Statistics.Resampling;

/// <summary>The cluster bootstrap as one would write it down first: the fast one has to give its bits.</summary>
internal static class PlainBootstrap
{
    public static double[] Means(BootstrapPart part, int clusters, int draws, long seed)
    {
        var means = new double[draws];
        for (var draw = 0; draw < draws; draw++)
        {
            var stream = new DrawStream(seed, draw);
            var times = new int[clusters];
            for (var i = 0; i < clusters; i++) times[stream.NextInt(clusters)]++;

            double sum = 0, count = 0;
            for (var i = 0; i < part.Clusters.Length; i++)
            {
                sum += times[part.Clusters[i]] * part.Sums[i];
                count += times[part.Clusters[i]] * part.Counts[i];
            }

            means[draw] = sum / count;
        }

        return means;
    }
}
