using AlignOps.Statistics.Multiplicity;

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
}
