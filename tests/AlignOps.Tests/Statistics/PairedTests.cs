using AlignOps.Statistics.Paired;
using AlignOps.Tests.Statistics.Golden;

namespace AlignOps.Tests.Statistics;

public sealed class PairedTests
{
    [Fact]
    public void SignTest_TenWinsThreeLosses_HasTheBinomialTail()
    {
        Assert.Equal(378 / 8192.0, SignTest.PValue(10, 3), 14);
        Assert.Equal(1, SignTest.PValue(0, 0));
        Assert.Equal(1, SignTest.PValue(0, 5));
    }

    [Fact]
    public void SignTest_ManyItems_StaysAProbability()
    {
        Assert.InRange(SignTest.PValue(520, 480), 0.10, 0.12);
        Assert.InRange(SignTest.PValue(900, 100), 0, 1e-100);
    }

    [Fact]
    public void McNemar_FiveLostFifteenWon_MatchesTheExactTable()
    {
        var test = McNemarTest.Of(lost: 5, won: 15, count: 100);
        Assert.Equal(0.041389, test.PValue, 6);
        Assert.Equal(0.1, test.Difference, 12);
        Assert.Equal(Math.Sqrt(20 - 1.0) / 100, test.StandardError, 12);
    }

    [Fact]
    public void McNemar_NoDifference_HasPValueOne()
    {
        Assert.Equal(1, McNemarTest.Of(0, 0, 50).PValue);
        Assert.Equal(1, McNemarTest.Of(3, 3, 50).PValue);
    }

    [Fact]
    public void PairedWinRate_CountsTiesHalf()
    {
        var rate = PairedWinRate.Of([1, 1, 0.5, 0]);
        Assert.Equal(0.625, rate.WinRate);
        Assert.Equal((2, 1, 1), (rate.Wins, rate.Ties, rate.Losses));
        Assert.Equal(Math.Sqrt(0.6875 / 3 / 4), rate.StandardError, 12);
        Assert.Equal(0, PairedWinRate.Of([]).Count);
    }

    [Fact]
    public void Means_ItemsOfOneCluster_GiveOneValueInOrderOfAppearance()
    {
        var means = Clusters.Means([("b", 1), ("a", 0.5), ("b", 0), ("c", 1), ("b", 0.5)]);
        Assert.Equal([0.5, 0.5, 1], means);
    }

    [Fact]
    public void DiscreteWinRate_SoftOutcomes_CountsVerdicts() => Assert.Equal(0.625, PairedWinRate.Of([0.51, 0.99, 0.5, 0.2]).DiscreteWinRate);

    [Fact]
    public void Tests_OfGoldenData_AreThePeers()
    {
        var golden = StatisticsGolden.Section("paired");
        var mean = ClusteredMean.Of(golden.Numbers("values"), golden.Integers("clusters"));
        StatisticsGolden.Close(golden.Number("mean"), mean.Mean);
        StatisticsGolden.Close(golden.Number("standardError"), mean.StandardError);
        StatisticsGolden.Close(golden.Numbers("interval90")[0], mean.Interval(0.9).Lower);
        StatisticsGolden.Close(golden.Numbers("interval90")[1], mean.Interval(0.9).Upper);
        StatisticsGolden.Close(golden.Number("above045"), mean.PValueAbove(0.45));
        Assert.All(golden.Rows("mcnemar"), row => StatisticsGolden.Close(row[2], McNemarTest.Of((int)row[0], (int)row[1], 500).PValue));
        Assert.All(golden.Rows("sign"), row => StatisticsGolden.Close(row[2], SignTest.PValue((int)row[0], (int)row[1])));
        Assert.All(golden.Rows("tango"), row =>
        {
            var interval = TangoInterval.Of((int)row[0], (int)row[1], (int)row[2]);
            StatisticsGolden.Close(row[3], interval.Lower, 1e-6);
            StatisticsGolden.Close(row[4], interval.Upper, 1e-6);
        });
    }

    [Fact]
    public void NonInferiority_AtItsMargin_IsCalledSoNoMoreOftenThanAlpha_AndEqualsAreWithItemsEnough()
    {
        var random = new Random(8);
        int atMargin = 0, equal = 0;
        for (var run = 0; run < 1000; run++)
        {
            atMargin += NonInferiorityTest.Of(Outcomes.Draw(random, 200, 0.4, 0.2), 0.5, 0.1, 0.05).Proven ? 1 : 0;
            equal += NonInferiorityTest.Of(Outcomes.Draw(random, 200, 0.5, 0.2), 0.5, 0.1, 0.05).Proven ? 1 : 0;
        }

        Assert.InRange(atMargin, 20, 50 + 3 * Math.Sqrt(1000 * 0.05 * 0.95));
        Assert.InRange(equal, 900, 1000);

        var test = NonInferiorityTest.Of([0.5, 0.5, 1], 0.5, 0.1, 0.05);
        Assert.Equal(test.Proven, test.Lower > test.Bound);
        Assert.False(NonInferiorityTest.Of([1], 0.5, 0.1, 0.05).Proven);
    }

    [Theory]
    [InlineData(0, 0, 20)]
    [InlineData(0, 3, 10)]
    [InlineData(10, 0, 10)]
    [InlineData(0, 0, 0)]
    public void Tango_AtTheEdges_HoldsTheDifferenceAndStaysInRange(int lost, int won, int count)
    {
        var interval = TangoInterval.Of(lost, won, count);
        Assert.InRange(interval.Lower, -1, interval.Upper);
        Assert.InRange(interval.Upper, interval.Lower, 1);
        Assert.True(interval.Contains(count == 0 ? 0 : (double)(won - lost) / count) || lost + won == count);
    }
}
