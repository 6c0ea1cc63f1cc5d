using AlignOps.Statistics.Slices;

namespace AlignOps.Tests.Statistics;

public sealed class SliceComparisonTests
{
    [Fact]
    public void Of_ClearSlices_AreFoundAsTheyAre_AndSmallOnesAreNot()
    {
        var random = new Random(1);
        ComparedSlice Slice(string name, int units, double winRate) => new(name, Outcomes.Draw(random, units, winRate, 0.2), 0.35);
        var found = SliceComparison.Of([Slice("good", 200, 0.6), Slice("bad", 200, 0.12), Slice("small", 10, 0.12), Slice("unclear", 25, 0.4), Slice("none", 0, 0.4)], alpha: 0.05, level: 0.01, atLeast: 20);
        Assert.Equal([SliceStanding.NotWorse, SliceStanding.Worse, SliceStanding.Inconclusive, SliceStanding.Inconclusive, SliceStanding.Inconclusive], found.Select(slice => slice.Standing));
        Assert.Equal([true, true, false, true, false], found.Select(slice => slice.Tested));
    }

    [Fact]
    public void Of_OneSliceAmongMany_NeedsMoreEvidenceThanAlone()
    {
        var random = new Random(2);
        var values = Outcomes.Draw(random, 300, 0.2, 0.1);
        int Units(int others)
        {
            for (var n = 20; n <= values.Length; n++)
            {
                List<ComparedSlice> slices = [new("bad", values[..n], 0.4), .. Enumerable.Range(0, others).Select(i => new ComparedSlice($"{i}", [.. Enumerable.Repeat(0.5, 40)], 0.4))];
                if (SliceComparison.Of(slices, 0.05, 0.01, 20)[0].Standing == SliceStanding.Worse) return n;
            }

            return int.MaxValue;
        }

        Assert.True(Units(0) < Units(30), $"{Units(0)} units alone, {Units(30)} among 31.");
    }
}
