using AlignOps.Statistics.Multiplicity;
using AlignOps.Tests.Statistics.Golden;

namespace AlignOps.Tests.Statistics;

public sealed class MultiplicityTests
{
    [Fact]
    public void EBenjaminiHochberg_TheThirdIsWeak_RefusesTwo()
    {
        // m = 4, level 0.1: the k-th largest must reach 40/k.
        double[] eValues = [21, 1, 45, 12];
        Assert.Equal([true, false, true, false], EBenjaminiHochberg.Reject([.. eValues.Select(e => Math.Log(e))], 0.1));
    }

    [Fact]
    public void EBenjaminiHochberg_ALaterRankReaches_RefusesAllBeforeIt()
    {
        double[] eValues = [14, 14, 14, 0.5];
        Assert.Equal([true, true, true, false], EBenjaminiHochberg.Reject([.. eValues.Select(e => Math.Log(e))], 0.1));
    }

    [Fact]
    public void EBenjaminiHochberg_NoHypotheses_RefusesNone() => Assert.Empty(EBenjaminiHochberg.Reject([], 0.1));

    [Fact]
    public void Holm_KnownPValues_StopsAtTheFirstThatIsTooLarge()
    {
        Assert.Equal([true, false, false, true], Holm.Reject([0.01, 0.04, 0.03, 0.005], 0.05));
    }

    [Fact]
    public void Adjusted_GoldenPValues_AreStatsmodelss()
    {
        var golden = StatisticsGolden.Section("multiplicity");
        var p = golden.Numbers("p");
        foreach (var (expected, found) in golden.Numbers("bh").Zip(BenjaminiHochberg.Adjusted(p))) StatisticsGolden.Close(expected, found);
        foreach (var (expected, found) in golden.Numbers("holm").Zip(Holm.Adjusted(p))) StatisticsGolden.Close(expected, found);
        foreach (var level in (double[])[0.001, 0.01, 0.05, 0.2])
        {
            Assert.Equal(Holm.Adjusted(p).Select(adjusted => adjusted <= level), Holm.Reject(p, level));
            Assert.Equal(BenjaminiHochberg.Adjusted(p).Select(adjusted => adjusted <= level), BenjaminiHochberg.Reject(p, level));
        }
    }

    [Fact]
    public void ErrorBudget_EqualCandidatesForYears_SpendsItOnce()
    {
        // 520 weeks of e-values that are worth 1 on average: 20 with a chance of a twentieth.
        var random = new Random(4);
        int ever = 0, naive = 0;
        for (var run = 0; run < 500; run++)
        {
            var budget = new ErrorBudget(0.05);
            for (var week = 0; week < 520; week++)
            {
                var e = random.NextDouble() < 0.05 ? Math.Log(20) : double.NegativeInfinity;
                naive += e >= Math.Log(20) ? 1 : 0;
                budget.Decide(random.NextDouble() < 0.5 ? e : -Math.Log(random.NextDouble()) - 1);
            }

            ever += budget.Discoveries > 0 ? 1 : 0;
        }

        Assert.InRange(ever, 0, 500 * 0.05 + 3 * Math.Sqrt(500 * 0.05 * 0.95));
        Assert.True(naive > 500 * 20);
    }

    [Fact]
    public void ErrorBudget_GoodCandidates_EarnRoomForTheNext()
    {
        var budget = new ErrorBudget(0.05);
        Assert.Equal(0.05 / 2, budget.NextLevel, 12);
        Assert.True(budget.Decide(Math.Log(40)));
        Assert.Equal(0.05 * 2 / 6, budget.NextLevel, 12);
        Assert.False(budget.Decide(Math.Log(59)));
        Assert.Equal(0.05 * 2 / 12, budget.NextLevel, 12);
        Assert.Equal(budget.NextLevel, new ErrorBudget(0.05, decisions: 2, discoveries: 1).NextLevel, 12);
        Assert.Equal(0.05, Enumerable.Range(0, 1_000_000).Sum(weeks => new ErrorBudget(0.05, weeks).NextLevel), 6);
    }
}
