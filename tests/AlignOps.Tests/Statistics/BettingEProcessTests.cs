using AlignOps.Statistics.Betting;

namespace AlignOps.Tests.Statistics;

public sealed class BettingEProcessTests
{
    [Fact]
    public void Observe_OnlyWins_CrossesTwentyAfterNineValues()
    {
        var process = new BettingEProcess(0.5, alpha: 0.05);
        for (var i = 0; i < 12; i++) process.Observe(1);

        // The first bet is 0 (nothing is known), every later one is cut at 1: K = 1.5^(n - 1).
        Assert.Equal(9, process.FirstCrossing);
        Assert.Equal(11 * Math.Log(1.5), process.LogValue, 12);
    }

    [Fact]
    public void Observe_MixedValues_FollowsTheFormulaStepByStep()
    {
        double[] values = [1, 0.5, 0, 1, 1, 0.25, 1];
        var process = new BettingEProcess(0.45, alpha: 0.05);
        double capital = 1, mean = 0.5, variance = 0.25, sum = 0, squares = 0;
        for (var t = 1; t <= values.Length; t++)
        {
            var bet = Math.Clamp((mean - 0.45) / (variance + Math.Pow(mean - 0.45, 2)), 0, 0.5 / 0.45);
            Assert.Equal(bet, process.NextBet, 14);
            capital *= 1 + bet * (values[t - 1] - 0.45);
            process.Observe(values[t - 1]);
            Assert.Equal(Math.Log(capital), process.LogValue, 12);

            sum += values[t - 1];
            mean = (0.5 + sum) / (t + 1);
            squares += Math.Pow(values[t - 1] - mean, 2);
            variance = (0.25 + squares) / (t + 1);
        }
    }

    [Fact]
    public void Observe_AValueOutsideTheUnitInterval_Throws()
    {
        var process = new BettingEProcess(0.5, 0.05);
        foreach (var value in (double[])[-0.01, 1.01, double.NaN])
        {
            Assert.Throws<ArgumentOutOfRangeException>(() => process.Observe(value));
        }
    }

    [Theory]
    [InlineData(0.5, 0.2, 0.5)]
    [InlineData(0.4, 0.2, 0.9)]
    [InlineData(0.475, 0.9, 0.9)]
    [InlineData(0.35, 0.0, 0.5)]
    public void Greater_MeanAtTheNull_CrossesNoMoreOftenThanAlpha(double mean, double tieRate, double truncation)
    {
        const int Runs = 2000;
        const double Alpha = 0.05;
        var random = new Random(7);
        var crossed = 0;
        for (var run = 0; run < Runs; run++)
        {
            crossed += MeanTest.Greater(Outcomes.Draw(random, 200, mean, tieRate), mean, Alpha, truncation).Proven ? 1 : 0;
        }

        // Three standard errors of a rate of 5 % in 2,000 runs.
        Assert.True(crossed <= Runs * (Alpha + 3 * Math.Sqrt(Alpha * (1 - Alpha) / Runs)), $"{crossed} of {Runs} crossed.");
    }

    [Fact]
    public void Greater_AClearlyBetterCandidate_IsProvenWithin300Items()
    {
        var random = new Random(11);
        var proven = Enumerable.Range(0, 400).Count(_ => MeanTest.Greater(Outcomes.Draw(random, 300, 0.65, 0.2), 0.5, 0.01).Proven);
        Assert.True(proven >= 390, $"{proven} of 400 were proven.");
    }

    [Fact]
    public void Less_IsTheMirrorOfGreater()
    {
        var random = new Random(3);
        var values = Outcomes.Draw(random, 100, 0.3, 0.1);
        var mirror = MeanTest.Greater([.. values.Select(x => 1 - x)], 0.6, 0.01);
        var less = MeanTest.Less(values, 0.4, 0.01);
        Assert.Equal(mirror.LogValue, less.LogValue, 12);
        Assert.Equal(mirror.FirstCrossing, less.FirstCrossing);
        Assert.Equal(values.Average(), less.Mean, 12);
    }

    [Fact]
    public void AnytimePValue_WithoutValues_IsOne()
    {
        Assert.Equal(1, MeanTest.Greater([], 0.5, 0.05).AnytimePValue);
    }
}
