using AlignOps.Statistics.Betting;

namespace AlignOps.Tests.Statistics;

public sealed class BettingConfidenceSequenceTests
{
    [Fact]
    public void Lower_TrueMean_IsAboveTheBoundWithProbabilityOneMinusAlpha()
    {
        const int Runs = 300;
        var random = new Random(5);
        var missed = Enumerable.Range(0, Runs).Count(_ =>
            BettingConfidenceSequence.Lower(Outcomes.Draw(random, 120, 0.6, 0.2), 0.1, gridSize: 200) > 0.6);
        Assert.True(missed <= Runs * 0.1, $"{missed} of {Runs} bounds were above the mean.");
    }

    [Fact]
    public void Bounds_AnyValues_BracketTheSampleMeanAndAgreeWithTheTest()
    {
        var random = new Random(9);
        for (var run = 0; run < 20; run++)
        {
            var values = Outcomes.Draw(random, 100, 0.45 + 0.02 * run, 0.1);
            var lower = BettingConfidenceSequence.Lower(values, 0.05);
            var upper = BettingConfidenceSequence.Upper(values, 0.05);
            Assert.InRange(values.Average(), lower, upper);
            Assert.Equal(MeanTest.Greater(values, 0.5, 0.05).Proven, lower >= 0.5);
        }
    }

    [Fact]
    public void Bounds_NoValues_SayNothing()
    {
        Assert.Equal(0, BettingConfidenceSequence.Lower([], 0.05));
        Assert.Equal(1, BettingConfidenceSequence.Upper([], 0.05));
    }
}
