using AlignOps.Statistics.Betting;
using AlignOps.Statistics.Planning;
using AlignOps.Tests.Statistics.Golden;

namespace AlignOps.Tests.Statistics;

public sealed class PlanningTests
{
    [Fact]
    public void SampleSize_KnownDesigns_AreStatsmodelss()
    {
        foreach (var row in StatisticsGolden.Section("planning").EnumerateArray().Select(row => row.Numbers()))
        {
            Assert.Equal((int)Math.Ceiling(row[4]), SampleSize.Needed(row[0], row[1], row[2], row[3]));
            Assert.Equal(row[5], SampleSize.Power(row[0], row[1], 100, row[2]), 9);
            Assert.Equal(row[3], SampleSize.Power(row[0], SampleSize.Detectable(row[0], 250, row[2], row[3]), 250, row[2]), 9);
        }

        Assert.Equal(2 * SampleSize.Needed(0.5, 0.1, 0.05, 0.8), SampleSize.Needed(0.5, 0.1, 0.05, 0.8, SampleSize.DesignEffect(6, 0.2)), 1.0);
    }

    [Fact]
    public void Forecast_OfOneHalf_HoldsInAboutThePowerAskedFor()
    {
        // What 400 items foretell from nothing, and what then happens to fresh ones.
        var random = new Random(3);
        var forecast = EvidenceForecast.Of(Outcomes.Draw(random, 20_000, 0.6, 0.2), 0.5, 0, Math.Log(100), power: 0.8);
        Assert.NotNull(forecast.More);

        var reached = Enumerable.Range(0, 400).Count(_ => MeanTest.Greater(Outcomes.Draw(random, forecast.More.Value, 0.6, 0.2), 0.5, 0.01, rule: BettingRule.Mixture).Proven);

        // The best bet for the truth is a little better than any bet that has to find it.
        Assert.InRange(reached, 400 * 0.6, 400 * 0.95);
    }

    [Fact]
    public void Forecast_WithoutAnEdge_NamesNoNumber_AndPastTheBound_Nought()
    {
        Assert.Null(EvidenceForecast.Of([0.5, 0.4, 0.6, 0.5], 0.5, 0, 3).More);
        Assert.Null(EvidenceForecast.Of([], 0.5, 0, 3).More);
        Assert.Equal(0, EvidenceForecast.Of([1, 1, 0], 0.5, 4, 3).More);
        var near = EvidenceForecast.Of([1, 1, 0], 0.5, 2.9, 3).More!.Value;
        Assert.True(near < EvidenceForecast.Of([1, 1, 0], 0.5, 0, 3).More);
    }
}
