using AlignOps.Models.Generation;
using AlignOps.Models.Sampling;

namespace AlignOps.Tests.Models;

public sealed class LikeliestTokensTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(60)]
    public void LikeliestTokens_AnyLogits_EqualsSortingThem(int count)
    {
        var random = new RandomStream(3);
        float[] logits = [.. Enumerable.Range(0, 50).Select(_ => (float)random.NextInt(9))];

        TokenChance[] expected = [.. Enumerable.Range(0, 50).OrderByDescending(token => logits[token]).Take(count).Select(token => new TokenChance(token, logits[token] - 2))];
        Assert.Equal(expected, LikeliestTokens.Of(logits, 2, count));
    }
}
