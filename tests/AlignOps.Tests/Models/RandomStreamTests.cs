using AlignOps.Models.Sampling;

namespace AlignOps.Tests.Models;

public sealed class RandomStreamTests
{
    [Theory]
    [InlineData(0, new ulong[] { 11091344671253066420, 13793997310169335082, 1900383378846508768, 7684712102626143532 })]
    [InlineData(42, new ulong[] { 1546998764402558742UL, 6990951692964543102, 12544586762248559009, 17057574109182124193 })]
    [InlineData(-1, new ulong[] { 10328197420357168392, 14156678507024973869, 9357971779955476126, 13791585006304312367 })]
    public void NextUInt64_KnownSeed_GivesThePublishedAlgorithmsNumbers(long seed, ulong[] expected)
    {
        var stream = new RandomStream(seed);

        Assert.Equal(expected, Enumerable.Range(0, 4).Select(_ => stream.NextUInt64()));
    }

    [Fact]
    public void NextDouble_ManyDraws_AreUniform()
    {
        var stream = new RandomStream(1);
        double[] draws = [.. Enumerable.Range(0, 100_000).Select(_ => stream.NextDouble())];

        Assert.All(draws, d => Assert.InRange(d, 0, 1 - 1e-16));
        Assert.InRange(draws.Average(), 0.495, 0.505);
        Assert.InRange(draws.Average(d => (d - 0.5) * (d - 0.5)), 0.0825, 0.0842);
    }

    [Fact]
    public void NextNormal_ManyDraws_HaveMeanZeroAndVarianceOne()
    {
        var stream = new RandomStream(2);
        double[] draws = [.. Enumerable.Range(0, 100_000).Select(_ => stream.NextNormal())];

        Assert.InRange(draws.Average(), -0.015, 0.015);
        Assert.InRange(draws.Average(d => d * d), 0.98, 1.02);
        Assert.InRange(draws.Count(d => Math.Abs(d) < 1) / 100_000.0, 0.678, 0.688);
    }

    [Fact]
    public void NextInt_ManyDraws_ReachEveryValueEqually()
    {
        var stream = new RandomStream(3);
        var counts = new int[7];
        for (int i = 0; i < 70_000; i++)
        {
            counts[stream.NextInt(7)]++;
        }

        Assert.All(counts, c => Assert.InRange(c, 9_600, 10_400));
        Assert.Throws<ArgumentOutOfRangeException>(() => stream.NextInt(0));
    }

    [Fact]
    public void Shuffle_AnySeed_KeepsTheItems()
    {
        int[] items = [.. Enumerable.Range(0, 50)];
        new RandomStream(4).Shuffle<int>(items);

        Assert.NotEqual(Enumerable.Range(0, 50), items);
        Assert.Equal(Enumerable.Range(0, 50), items.Order());
    }

    [Fact]
    public void Derive_DifferentPaths_GiveDifferentSeeds()
    {
        HashSet<long> seeds = [];
        for (long a = 0; a < 50; a++)
        {
            for (long b = 0; b < 50; b++)
            {
                Assert.True(seeds.Add(RandomStream.Derive(7, a, b)));
            }

            Assert.True(seeds.Add(RandomStream.Derive(7, a)));
        }

        Assert.Equal(RandomStream.Derive(7, 1, 2), RandomStream.Derive(7, 1, 2));
        Assert.NotEqual(RandomStream.Derive(7, 1, 2), RandomStream.Derive(8, 1, 2));
    }
}
