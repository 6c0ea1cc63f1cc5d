using AlignOps.Statistics.Betting;

namespace AlignOps.Tests.Statistics;

public sealed class SequentialComparisonTests
{
    [Fact]
    public void Observe_ClearlyBetter_StopsEarlyAndTakesNoMore()
    {
        var random = new Random(1);
        var comparison = new SequentialComparison(alpha: 0.01, harmAlpha: 0.0025, atLeast: 20, atMost: 800);
        foreach (var value in Outcomes.Draw(random, 800, 0.75, 0.2))
        {
            if (comparison.Observe(value) != SequentialAnswer.Open) break;
        }

        Assert.Equal(SequentialAnswer.Better, comparison.Answer);
        Assert.InRange(comparison.Count, 20, 120);
        var evidence = comparison.LogBetter;
        Assert.Equal(SequentialAnswer.Better, comparison.Observe(0));
        Assert.Equal(evidence, comparison.LogBetter);
    }

    [Fact]
    public void Observe_ClearlyWorse_SaysSo_AndNeverBeforeTheLeast()
    {
        var comparison = new SequentialComparison(0.05, 0.05, atLeast: 30, atMost: 100);
        for (var i = 1; i < 30; i++) Assert.Equal(SequentialAnswer.Open, comparison.Observe(0));
        Assert.Equal(SequentialAnswer.Worse, comparison.Observe(0));
    }

    [Fact]
    public void Observe_Ties_EndInconclusive()
    {
        var comparison = new SequentialComparison(0.05, 0.05, atLeast: 1, atMost: 50);
        for (var i = 1; i < 50; i++) Assert.Equal(SequentialAnswer.Open, comparison.Observe(0.5));
        Assert.Equal(SequentialAnswer.Inconclusive, comparison.Observe(0.5));
    }

    [Fact]
    public void ClusterStream_InterleavedSources_GivesEachMeanOnceAtItsLastItem()
    {
        var stream = new ClusterStream(new Dictionary<string, int> { ["a"] = 3, ["b"] = 1, ["c"] = 2 });
        Assert.Null(stream.Add("a", 1));
        Assert.Null(stream.Add("c", 0));
        Assert.Equal(0.5, stream.Add("b", 0.5));
        Assert.Null(stream.Add("a", 0));
        Assert.Equal(0.25, stream.Add("c", 0.5));
        Assert.Equal(2.0 / 3, stream.Add("a", 1)!.Value, 12);

        var gaps = new ClusterStream(new Dictionary<string, int> { ["a"] = 2, ["b"] = 1 });
        Assert.Null(gaps.Add("b", null));
        Assert.Null(gaps.Add("a", null));
        Assert.Equal(1, gaps.Add("a", 1));
        Assert.Throws<ArgumentException>(() => stream.Add("a", 1));
        Assert.Throws<ArgumentException>(() => stream.Add("unknown", 1));
    }

    [Fact]
    public void Observe_EqualCandidatesInClusters_AreCalledBetterNoMoreOftenThanAlpha_ItemByItemTheyWouldBe()
    {
        const int Runs = 800;
        int whole = 0, each = 0;
        for (var run = 0; run < Runs; run++)
        {
            var random = new Random(run);
            var sources = Enumerable.Range(0, 60).ToDictionary(i => $"s{i}", _ => random.Next(4, 12));
            var stream = new ClusterStream(sources);
            var honest = new MixtureEProcess(0.5, 0.05);
            var naive = new MixtureEProcess(0.5, 0.05);
            foreach (var (source, size) in sources)
            {
                var tendency = random.NextDouble() < 0.5 ? 0.9 : 0.1;
                for (var i = 0; i < size; i++)
                {
                    var value = random.NextDouble() < tendency ? 1.0 : 0;
                    naive.Observe(value);
                    if (stream.Add(source, value) is { } mean) honest.Observe(mean);
                }
            }

            whole += honest.FirstCrossing is null ? 0 : 1;
            each += naive.FirstCrossing is null ? 0 : 1;
        }

        Assert.InRange(whole, 0, Runs * 0.05 + 3 * Math.Sqrt(Runs * 0.05 * 0.95));
        Assert.True(each > Runs * 0.15, $"Betting on items one by one would have been wrong in {each} of {Runs}.");
    }
}
