using AlignOps.Statistics.Betting;
using AlignOps.Statistics.Multiplicity;

namespace AlignOps.Statistics.Slices;

/// <summary>
/// Slices of one comparison, each found worse than its bound, not worse, or neither. They may overlap and share sources. "Worse" is a discovery among many, so e-BH holds the share of
/// false ones at a level under any dependence; "not worse" is said of each slice at its own α, since a reader who asks of one slice asks of that one.
/// </summary>
public static class SliceComparison
{
    /// <summary>Guards bet nearly all: differences in a slice vary little, and a bet can win only as much as the margin.</summary>
    private const double Truncation = 0.9;

    /// <param name="alpha">Chance that a slice that is worse by its margin is called not worse.</param>
    /// <param name="level">False discovery rate of the slices called worse.</param>
    /// <param name="atLeast">Units below which a slice is not tested, and inconclusive.</param>
    public static IReadOnlyList<SliceFinding> Of(IReadOnlyList<ComparedSlice> slices, double alpha, double level, int atLeast)
    {
        var findings = slices.Select(slice => Test(slice, alpha, atLeast)).ToArray();
        var tested = Enumerable.Range(0, findings.Length).Where(i => findings[i].Tested).ToList();
        var worse = EBenjaminiHochberg.Reject([.. tested.Select(i => findings[i].LogWorse)], level);
        for (var k = 0; k < tested.Count; k++)
        {
            if (worse[k]) findings[tested[k]] = findings[tested[k]] with { Standing = SliceStanding.Worse };
        }

        return findings;
    }

    private static SliceFinding Test(ComparedSlice slice, double alpha, int atLeast)
    {
        // Final values, not the largest: e-BH takes e-values, and a running maximum is none. The mean of two e-values is one: behaviours hardly vary and suit the one rule, win rates the other.
        var worse = MeanTest.Less(slice.Values, slice.Bound, alpha, Truncation);
        var mixed = MeanTest.Less(slice.Values, slice.Bound, alpha, Truncation, BettingRule.Mixture);
        var logWorse = Math.Max(worse.LogValue, mixed.LogValue) + Math.Log((1 + Math.Exp(-Math.Abs(worse.LogValue - mixed.LogValue))) / 2);
        var notWorse = MeanTest.Greater(slice.Values, slice.Bound, alpha, Truncation, BettingRule.Mixture);
        var tested = slice.Values.Count >= atLeast;
        return new SliceFinding(
            slice.Name, slice.Values.Count, worse.Mean, logWorse, notWorse.LogMaximum, tested, tested && notWorse.Proven ? SliceStanding.NotWorse : SliceStanding.Inconclusive);
    }
}
