using AlignOps.Statistics.Betting;

namespace AlignOps.Tests.Statistics;

public sealed class TwoSampleEProcessTests
{
    [Theory]
    [InlineData(0.5, 0.2, 0.0, false)]
    [InlineData(0.1, 0.2, 0.0, false)]
    [InlineData(0.1, 0.02, 0.0, false)]
    [InlineData(0.9, 0.4, 0.0, true)]
    [InlineData(0.3, 0.3, 0.05, false)]
    public void Observe_TreatedNoWorseThanAllowed_CrossesNoMoreOftenThanAlpha(double share, double rate, double margin, bool drifts)
    {
        const int Runs = 1500;
        const double Alpha = 0.05;
        var random = new Random(11);
        var crossed = 0;
        for (var run = 0; run < Runs; run++)
        {
            var process = new TwoSampleEProcess(margin, Alpha);
            for (var i = 0; i < 400 && !process.Proven; i++)
            {
                // Both rates may move, as long as they move together.
                var now = drifts ? rate * (1 + 0.8 * Math.Sin(i / 20.0)) : rate;
                var treated = random.NextDouble() < share;
                process.Observe(treated, random.NextDouble() < now + (treated ? margin : 0) ? 1 : 0);
            }

            crossed += process.Proven ? 1 : 0;
        }

        // Three standard errors above alpha: a test that only just keeps its level fails once in a thousand.
        Assert.InRange(crossed, 0, Runs * Alpha + 3 * Math.Sqrt(Runs * Alpha * (1 - Alpha)));
    }

    [Theory]
    [InlineData(0.5, 0.2, 0.2, 600)]
    [InlineData(0.1, 0.2, 0.2, 2000)]
    [InlineData(0.5, 0.1, 0.1, 1500)]
    public void Observe_TreatedWorse_IsProven(double share, double rate, double worse, int within)
    {
        var random = new Random(12);
        var proven = 0;
        for (var run = 0; run < 50; run++)
        {
            var process = new TwoSampleEProcess(0, 0.01);
            for (var i = 0; i < within; i++)
            {
                var treated = random.NextDouble() < share;
                process.Observe(treated, random.NextDouble() < rate + (treated ? worse : 0) ? 1 : 0);
            }

            proven += process.Proven ? 1 : 0;
            Assert.True(process.FirstCrossing is null || process.FirstCrossing <= process.Count);
        }

        Assert.InRange(proven, 45, 50);
    }

    [Fact]
    public void Observe_Blocks_CloseWhenBothSidesBroughtSomethingAndAreBetOnAsTheirDifference()
    {
        var process = new TwoSampleEProcess(0, 0.05);
        var plain = new BettingEProcess(0.5, 0.05, 0.9);

        foreach (var (treated, value) in ((bool, double)[])[(false, 0), (false, 1), (true, 1), (true, 0), (true, 1), (true, 1), (false, 0)]) process.Observe(treated, value);
        plain.Observe((1 + 1 - 0.5) / 2);
        plain.Observe((1 + 2 / 3.0 - 0) / 2);

        Assert.Equal((7, 2), (process.Count, process.Blocks));
        Assert.Equal(plain.LogValue, process.LogValue, 12);
    }

    [Theory]
    [InlineData(0, 0, 0.02)]
    [InlineData(0, 50, 0.02)]
    [InlineData(3, 50, 0.02)]
    [InlineData(50, 50, 0.3)]
    [InlineData(70, 400, 0.1)]
    public void RateTest_ClosedForm_IsTheLikelihoodRatioAveragedOverRatesAboveTheLimit(long failures, long count, double limit)
    {
        const int Steps = 200_000;
        var sum = 0.0;
        for (var i = 0; i < Steps; i++)
        {
            var rate = limit + (1 - limit) * (i + 0.5) / Steps;
            sum += Math.Exp(failures * Math.Log(rate / limit) + (count - failures) * Math.Log((1 - rate) / (1 - limit)));
        }

        Assert.Equal(Math.Log(sum / Steps), RateTest.LogEvidence(failures, count, limit), 4);
    }

    [Fact]
    public void RateTest_RateAtTheLimit_CrossesNoMoreOftenThanAlpha()
    {
        const int Runs = 1000;
        var random = new Random(13);
        var crossed = 0;
        for (var run = 0; run < Runs; run++)
        {
            var (failures, proven) = (0, false);
            for (var n = 1; n <= 200 && !proven; n++)
            {
                failures += random.NextDouble() < 0.05 ? 1 : 0;
                proven = RateTest.LogEvidence(failures, n, 0.05) >= Math.Log(20);
            }

            crossed += proven ? 1 : 0;
        }

        Assert.InRange(crossed, 0, Runs * 0.05 + 3 * Math.Sqrt(Runs * 0.05 * 0.95));
        Assert.True(RateTest.LogEvidence(60_000, 100_000, 0.05) > 10_000);
    }
}
