using AlignOps.Statistics.Paired;

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
}
