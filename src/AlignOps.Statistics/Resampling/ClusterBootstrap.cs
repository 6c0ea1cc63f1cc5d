using System.Numerics;

namespace AlignOps.Statistics.Resampling;

/// <summary>
/// The bootstrap that resamples whole clusters with replacement, since items of one source are not independent (an item without a source is a cluster of its own).
/// Paired: a cluster brings all that belongs to it, both models' outcomes and every slice. The same seed gives the same bits on any number of threads.
/// </summary>
public static class ClusterBootstrap
{
    /// <summary>Draws that are summed up side by side: one a lane, each in the order in which a plain loop would.</summary>
    private const int Lanes = 8;

    /// <summary>Means of overlapping parts under the same resamples.</summary>
    /// <param name="clusters">How many clusters there are in all, those without a share in any part included.</param>
    /// <param name="threads">0: as many as there are processors.</param>
    public static IReadOnlyList<BootstrapDistribution> Means(IReadOnlyList<BootstrapPart> parts, int clusters, int draws, long seed, int threads = 0)
    {
        var means = parts.Select(_ => new double[draws]).ToArray();
        if (clusters == 0) Array.ForEach(means, part => part.AsSpan().Fill(double.NaN));
        InBlocks(clusters, draws, threads, () => new MeanBlock(clusters), (block, first) =>
        {
            var count = Math.Min(Lanes, draws - first);
            block.Draw(seed, first, count);
            for (var part = 0; part < parts.Count; part++) block.Means(parts[part], means[part].AsSpan(first, count));
        });
        return [.. parts.Select((part, i) => new BootstrapDistribution(part.Mean, means[i], part.Acceleration()))];
    }

    /// <summary>Any statistics, computed anew on each resample: <paramref name="statistics"/> is given how often each cluster was drawn and must be safe to call concurrently.</summary>
    /// <returns>One distribution a statistic.</returns>
    public static IReadOnlyList<BootstrapDistribution> Refit(int clusters, int draws, long seed, Func<double[], double[]> statistics, bool jackknife = false, int threads = 0)
    {
        var all = Enumerable.Repeat(1.0, clusters).ToArray();
        var estimate = statistics(all);
        var found = new double[draws][];
        InBlocks(clusters, draws, threads, () => new ushort[clusters], (counts, first) =>
        {
            for (var draw = first; draw < Math.Min(first + Lanes, draws); draw++)
            {
                Count(seed, draw, counts);
                found[draw] = statistics(Array.ConvertAll(counts, count => (double)count));
            }
        });

        var leftOut = jackknife ? new double[clusters][] : [];
        InBlocks(clusters, leftOut.Length, threads, () => 0, (_, first) =>
        {
            for (var i = first; i < Math.Min(first + Lanes, leftOut.Length); i++)
            {
                var without = (double[])all.Clone();
                without[i] = 0;
                leftOut[i] = statistics(without);
            }
        });
        return [.. estimate.Select((value, s) => new BootstrapDistribution(
            value, Array.ConvertAll(found, draw => draw[s]), Jackknife.Acceleration([.. leftOut.Select(l => l[s]).Where(double.IsFinite)])))];
    }

    /// <summary>How often each cluster is drawn: as many draws as there are clusters.</summary>
    internal static void Count(long seed, int draw, Span<ushort> counts)
    {
        counts.Clear();
        var stream = new DrawStream(seed, draw);
        for (var i = 0; i < counts.Length; i++) counts[stream.NextInt(counts.Length)]++;
    }

    private static void InBlocks<TState>(int clusters, int draws, int threads, Func<TState> state, Action<TState, int> block)
    {
        if (clusters == 0 || draws == 0) return;
        var options = new ParallelOptions { MaxDegreeOfParallelism = threads > 0 ? threads : Environment.ProcessorCount };
        Parallel.For(0, (draws + Lanes - 1) / Lanes, options, state, (index, _, own) =>
        {
            block(own, index * Lanes);
            return own;
        }, _ => { });
    }

    /// <summary>One thread's counts of a block of draws, lane by lane.</summary>
    private sealed class MeanBlock(int clusters)
    {
        private readonly ushort[] _counts = new ushort[clusters];
        private readonly double[] _lanes = new double[clusters * Lanes];

        public void Draw(long seed, int first, int count)
        {
            for (var lane = 0; lane < count; lane++)
            {
                Count(seed, first + lane, _counts);
                for (int i = 0, at = lane; i < _counts.Length; i++, at += Lanes) _lanes[at] = _counts[i];
            }
        }

        public void Means(BootstrapPart part, Span<double> means)
        {
            Span<double> sums = stackalloc double[Lanes], totals = stackalloc double[Lanes];
            for (var at = 0; at < Lanes; at += Vector<double>.Count)
            {
                var sum = Vector<double>.Zero;
                var total = Vector<double>.Zero;
                for (var i = 0; i < part.Clusters.Length; i++)
                {
                    var times = new Vector<double>(_lanes, part.Clusters[i] * Lanes + at);
                    sum += times * new Vector<double>(part.Sums[i]);
                    total += times * new Vector<double>(part.Counts[i]);
                }

                sum.CopyTo(sums[at..]);
                total.CopyTo(totals[at..]);
            }

            for (var lane = 0; lane < means.Length; lane++) means[lane] = sums[lane] / totals[lane];
        }
    }
}
