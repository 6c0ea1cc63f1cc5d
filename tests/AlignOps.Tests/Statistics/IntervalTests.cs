using AlignOps.Statistics.Distributions;
using AlignOps.Statistics.Intervals;

namespace AlignOps.Tests.Statistics;

public sealed class IntervalTests
{
    [Theory]
    [InlineData(0.975, 1.959963984540054)]
    [InlineData(0.01, -2.3263478740408408)]
    [InlineData(0.5, 0)]
    [InlineData(1e-9, -5.997807015007687)]
    public void Quantile_KnownProbability_GivesTheTablesValue(double probability, double z)
    {
        Assert.Equal(z, NormalDistribution.Quantile(probability), 9);
        Assert.Equal(probability, NormalDistribution.Cumulative(z), 12);
    }

    [Fact]
    public void Wilson_FiveOfTen_GivesTheTablesValue()
    {
        var interval = WilsonInterval.Of(5, 10);
        Assert.Equal(0.2366, interval.Lower, 4);
        Assert.Equal(0.7634, interval.Upper, 4);
    }

    [Fact]
    public void Wilson_NoneOfTwenty_HasAnUpperBound()
    {
        var interval = WilsonInterval.Of(0, 20);
        Assert.Equal(0, interval.Lower);
        Assert.Equal(0.1611, interval.Upper, 4);
    }

    [Fact]
    public void Wilson_NoTrials_SaysNothing() => Assert.Equal(new WilsonInterval(0, 0, 1), WilsonInterval.Of(0, 0));
}
