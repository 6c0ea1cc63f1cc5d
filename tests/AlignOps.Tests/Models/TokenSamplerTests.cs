using AlignOps.Models.Sampling;

namespace AlignOps.Tests.Models;

public sealed class TokenSamplerTests
{
    /// <summary>More than one vector's width, so that the numbers beside it count too.</summary>
    private static readonly float[] Logits = [0f, 2f, 1f, 2f, .. Enumerable.Repeat(float.NegativeInfinity, 6), 1f];

    [Fact]
    public void Sample_TemperatureZero_TakesTheLowestIdOfTheLargest()
    {
        var random = new RandomStream(1);

        Assert.Equal(1, TokenSampler.Sample(Logits, 0, 1, random));
        Assert.Equal(new RandomStream(1).NextUInt64(), random.NextUInt64());
    }

    [Theory]
    [InlineData(1.0, 1.0)]
    [InlineData(0.5, 1.0)]
    [InlineData(2.0, 1.0)]
    [InlineData(1.0, 0.999999)]
    public void Sample_ManyDraws_FollowTheSoftmax(double temperature, double topP)
    {
        double[] weights = [.. Logits.Select(l => Math.Exp(l / temperature))];
        int[] counts = Draw(temperature, topP);

        for (int token = 0; token < Logits.Length; token++)
        {
            Assert.InRange(counts[token] / 100_000.0, (weights[token] / weights.Sum()) - 0.006, (weights[token] / weights.Sum()) + 0.006);
        }

        Assert.Equal(0, counts[4]);
    }

    [Theory]
    [InlineData(0.3, new[] { 1 })]
    [InlineData(0.5, new[] { 1, 3 })]
    [InlineData(0.69, new[] { 1, 3 })]
    [InlineData(0.8, new[] { 1, 2, 3 })]
    [InlineData(0.9, new[] { 1, 2, 3, 10 })]
    [InlineData(0.999, new[] { 0, 1, 2, 3, 10 })]
    public void Sample_TopP_DrawsFromTheSmallestSetThatReachesIt(double topP, int[] nucleus)
    {
        // Probabilities: 0.0471, 0.3483, 0.1281, 0.3483, and 0.1281 for token 10. A set that reaches p may be drawn from, no smaller one.
        int[] counts = Draw(1, topP);

        Assert.Equal(nucleus, Enumerable.Range(0, Logits.Length).Where(t => counts[t] > 0));
    }

    [Fact]
    public void Sample_RandomRows_NucleusIsWhatSortingAllWouldKeep()
    {
        var numbers = new RandomStream(5);
        for (int round = 0; round < 200; round++)
        {
            float[] logits = [.. Enumerable.Range(0, 40).Select(_ => (float)(3 * numbers.NextNormal()))];
            double topP = 0.05 + (0.9 * numbers.NextDouble());
            double total = logits.Sum(l => Math.Exp(l));
            int[] sorted = [.. Enumerable.Range(0, 40).OrderByDescending(t => logits[t])];
            int kept = 1;
            while (sorted[..kept].Sum(t => Math.Exp(logits[t])) < topP * total)
            {
                kept++;
            }

            for (int draw = 0; draw < 50; draw++)
            {
                Assert.Contains(TokenSampler.Sample(logits, 1, topP, numbers), sorted[..kept]);
            }
        }
    }

    [Theory]
    [InlineData(1.0, 1.0)]
    [InlineData(0.7, 0.9)]
    public void Sample_SameSeed_GivesTheSameTokens(double temperature, double topP)
    {
        int[] Tokens()
        {
            var random = new RandomStream(9);
            return [.. Enumerable.Range(0, 100).Select(_ => TokenSampler.Sample(Logits, temperature, topP, random))];
        }

        Assert.Equal(Tokens(), Tokens());
    }

    [Theory]
    [InlineData(1e-300)]
    [InlineData(1e-6)]
    public void Sample_NearZeroTemperature_TakesTheLargest(double temperature)
    {
        var random = new RandomStream(1);
        for (int i = 0; i < 100; i++)
        {
            Assert.Contains(TokenSampler.Sample(Logits, temperature, 1, random), (int[])[1, 3]);
            Assert.Contains(TokenSampler.Sample(Logits, temperature, 0.9, random), (int[])[1, 3]);
        }
    }

    [Fact]
    public void Sample_InfiniteLogit_TakesIt() =>
        Assert.Equal(2, TokenSampler.Sample([0f, 1f, float.PositiveInfinity], 1, 0.5, new RandomStream(1)));

    [Fact]
    public void Sample_NonsenseInput_IsABug()
    {
        var random = new RandomStream(1);
        Assert.Throws<ArgumentException>(() => TokenSampler.Sample([1f, float.NaN], 1, 1, random));
        Assert.Throws<ArgumentException>(() => TokenSampler.Sample([float.NegativeInfinity], 1, 1, random));
        Assert.Throws<ArgumentException>(() => TokenSampler.Sample([], 1, 1, random));
        Assert.Throws<ArgumentOutOfRangeException>(() => TokenSampler.Sample(Logits, -1, 1, random));
        Assert.Throws<ArgumentOutOfRangeException>(() => TokenSampler.Sample(Logits, double.NaN, 1, random));
        Assert.Throws<ArgumentOutOfRangeException>(() => TokenSampler.Sample(Logits, 1, 0, random));
        Assert.Throws<ArgumentOutOfRangeException>(() => TokenSampler.Sample(Logits, 1, 1.5, random));
    }

    private static int[] Draw(double temperature, double topP)
    {
        var random = new RandomStream(6);
        var counts = new int[Logits.Length];
        for (int i = 0; i < 100_000; i++)
        {
            counts[TokenSampler.Sample(Logits, temperature, topP, random)]++;
        }

        return counts;
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(20)]
    public void Sample_TopK_DrawsTheLikeliestAlone(int topK)
    {
        var random = new RandomStream(4);
        float[] logits = [.. Enumerable.Range(0, 20).Select(_ => (float)random.NextNormal())];
        int[] likeliest = [.. Enumerable.Range(0, 20).OrderByDescending(i => logits[i]).Take(topK)];

        int[] drawn = [.. Enumerable.Range(0, 4000).Select(_ => TokenSampler.Sample(logits, 2, 1, random, topK))];

        Assert.Empty(drawn.Except(likeliest));
        double total = likeliest.Sum(i => Math.Exp(logits[i] / 2));
        Assert.All(likeliest, i => Assert.Equal(Math.Exp(logits[i] / 2) / total, drawn.Count(d => d == i) / 4000d, 0.03));
    }

    [Fact]
    public void Sample_TopKThenTopP_TakesTheNucleusOfWhatIsLeft()
    {
        // Of the two likeliest, e/(e + 1) = 73 %: the first alone is a nucleus of 0.7 among them, and 60 % of all three.
        var random = new RandomStream(4);
        float[] logits = [1, 0, -0.5f];
        Assert.All(Enumerable.Range(0, 200), _ => Assert.Equal(0, TokenSampler.Sample(logits, 1, 0.7, random, topK: 2)));
        Assert.Contains(1, Enumerable.Range(0, 200).Select(_ => TokenSampler.Sample(logits, 1, 0.7, random)));
        Assert.Throws<ArgumentOutOfRangeException>(() => TokenSampler.Sample(logits, 1, 1, random, topK: -1));
    }
}
