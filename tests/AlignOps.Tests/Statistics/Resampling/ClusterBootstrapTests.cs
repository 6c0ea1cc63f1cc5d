using AlignOps.Statistics.Resampling;
using AlignOps.Tests.Statistics.Golden;

namespace AlignOps.Tests.Statistics.Resampling;

public sealed class ClusterBootstrapTests
{
    [Fact]
    public void Means_OfClusters_AreThoseOfThePublishedFormulasDrawByDraw()
    {
        var golden = StatisticsGolden.Section("bootstrap");
        var clusters = golden.Integers("clusters");
        var part = BootstrapPart.Of(clusters.Zip(golden.Numbers("values")));

        var found = ClusterBootstrap.Means([part], clusters.Max() + 1, golden.GetProperty("draws").GetInt32(), golden.GetProperty("seed").GetInt64())[0];

        StatisticsGolden.Close(golden.Number("mean"), found.Estimate);
        StatisticsGolden.Close(golden.Number("standardError"), found.StandardError);
        var (percentile, bca) = (found.Percentile(), found.Bca());
        StatisticsGolden.Close(golden.Numbers("percentile")[0], percentile.Lower);
        StatisticsGolden.Close(golden.Numbers("percentile")[1], percentile.Upper);
        StatisticsGolden.Close(golden.Numbers("bca")[0], bca.Lower);
        StatisticsGolden.Close(golden.Numbers("bca")[1], bca.Upper);

        var stream = new DrawStream(7, 0);
        Assert.Equal(golden.Integers("first"), Enumerable.Range(0, 22).Select(_ => stream.NextInt(22)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void Means_OnAnyNumberOfThreads_AreThePlainLoopsBits(int threads)
    {
        var (parts, clusters) = Overlapping(seed: 3, clusters: 150);

        // 203 draws: the last block is not full.
        var found = ClusterBootstrap.Means(parts, clusters, 203, seed: 11, threads);

        var plain = PlainBootstrap.Means(parts, clusters, 203, 11);
        for (var p = 0; p < parts.Count; p++) Assert.Equal(plain[p].Order(), found[p].Sorted);
    }

    [Fact]
    public void Refit_OfTheMean_IsTheMeansBootstrapWithItsAcceleration()
    {
        var (parts, clusters) = Overlapping(seed: 4, clusters: 40);
        var direct = ClusterBootstrap.Means([parts[0]], clusters, 300, seed: 5)[0];

        var refit = ClusterBootstrap.Refit(clusters, 300, seed: 5, times =>
        {
            double sum = 0, count = 0;
            for (var i = 0; i < parts[0].Clusters.Length; i++)
            {
                sum += times[parts[0].Clusters[i]] * parts[0].Sums[i];
                count += times[parts[0].Clusters[i]] * parts[0].Counts[i];
            }

            return [sum / count];
        }, jackknife: true)[0];

        Assert.Equal(direct.Sorted, refit.Sorted);
        Assert.Equal(direct.Bca().Lower, refit.Bca().Lower, 3);
    }

    [Fact]
    public void Percentile_OfClusteredItems_CoversWhereItemsAloneWouldNot()
    {
        // 40 sources of 10 items; a source's items nearly agree, so 400 items tell little more than 40.
        int covered = 0, naive = 0;
        for (var run = 0; run < 200; run++)
        {
            var random = new Random(run);
            var items = Enumerable.Range(0, 40).SelectMany(cluster =>
            {
                var tendency = random.NextDouble() < 0.5 ? 0.9 : 0.1;
                return Enumerable.Range(0, 10).Select(_ => (cluster, random.NextDouble() < tendency ? 1.0 : 0));
            }).ToList();
            covered += ClusterBootstrap.Means([BootstrapPart.Of(items)], 40, 300, run)[0].Percentile().Contains(0.5) ? 1 : 0;
            naive += ClusterBootstrap.Means([BootstrapPart.Of(items.Select((item, i) => (i, item.Item2)))], 400, 300, run)[0].Percentile().Contains(0.5) ? 1 : 0;
        }

        Assert.InRange(covered, 180, 200);
        Assert.InRange(naive, 0, 140);
    }

    [Fact]
    public void Means_OfAnEmptyPartOrNoClusters_SaySo()
    {
        var empty = ClusterBootstrap.Means([BootstrapPart.Of([])], clusters: 3, draws: 10, seed: 1)[0];
        Assert.True(double.IsNaN(empty.Estimate));
        Assert.Equal(10, empty.Undefined);
        Assert.Equal(10, ClusterBootstrap.Means([BootstrapPart.Of([])], clusters: 0, draws: 10, seed: 1)[0].Undefined);

        // A part that a resample may miss altogether leaves that draw out.
        var rare = ClusterBootstrap.Means([BootstrapPart.Of([(0, 0.25)])], clusters: 4, draws: 400, seed: 1)[0];
        Assert.InRange(rare.Undefined, 80, 180);
        Assert.Equal(0.25, rare.Percentile().Lower);
    }

    [Fact]
    public void Of_EqualClusters_GivesEachItsMean()
    {
        (int, double)[] items = [(0, 1), (0, 0), (0, 0.5), (1, 1)];
        Assert.Equal(0.625, BootstrapPart.Of(items).Mean);
        Assert.Equal(0.75, BootstrapPart.Of(items, equalClusters: true).Mean);
    }

    private static (IReadOnlyList<BootstrapPart> Parts, int Clusters) Overlapping(int seed, int clusters)
    {
        var random = new Random(seed);
        var items = Enumerable.Range(0, clusters * 4).Select(_ => (Cluster: random.Next(clusters), Value: random.NextDouble(), Mask: random.Next(8))).ToList();
        return ([.. Enumerable.Range(0, 3).Select(bit => BootstrapPart.Of(items.Where(item => (item.Mask >> bit & 1) == 1).Select(item => (item.Cluster, item.Value)), equalClusters: bit == 1))], clusters);
    }
}
