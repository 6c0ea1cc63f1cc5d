using AlignOps.Inference.Rates;
using AlignOps.Tests.Platform.Compliance;

namespace AlignOps.Tests.Inference;

public sealed class TokenBucketTests
{
    [Theory]
    [InlineData(1), InlineData(2), InlineData(3), InlineData(4), InlineData(5)]
    public void Draw_AnyArrivals_LetThroughNoMoreThanTheBoundInAnyWindowAndNoLessThanTheRate(int seed)
    {
        var random = new Random(seed);
        var (capacity, rate) = (1 + (random.NextDouble() * 20), 0.5 + (random.NextDouble() * 10));
        var time = new ManualTime();
        var bucket = new TokenBucket(capacity, rate, time);
        var start = time.GetUtcNow();
        var granted = new List<(double Asked, double At, double Amount)>();
        for (var i = 0; i < 400; i++)
        {
            if (random.Next(3) == 0) time.Advance(TimeSpan.FromSeconds(random.NextDouble() * 3));
            var amount = random.NextDouble() * capacity;
            var asked = time.GetUtcNow() - start;
            granted.Add((asked.TotalSeconds, (asked + bucket.Draw(amount)).TotalSeconds, amount));
        }

        // Waits are whole milliseconds, so a window may be one shorter than the exact one.
        const double Timer = 0.001;
        for (var last = 0; last < granted.Count; last++)
        {
            var (sum, needed) = (0.0, granted[last].At <= granted[last].Asked);
            for (var first = last; first >= 0; first--)
            {
                sum += granted[first].Amount;
                var window = granted[last].At - granted[first].At;
                Assert.True(sum <= capacity + (rate * (window + Timer)) + 1e-6, $"{sum} in {window} s");
                needed |= sum >= capacity + (rate * (granted[last].At - granted[first].Asked - Timer)) - 1e-6;
            }

            Assert.True(needed, "A draw waited although the bucket had enough.");
        }
    }

    [Theory]
    [InlineData(2), InlineData(9), InlineData(60), InlineData(5000)]
    public void PerMinute_ABacklog_KeepsTheLimitInEveryMinute(int limit)
    {
        var time = new ManualTime();
        var bucket = TokenBucket.PerMinute(limit, time);
        double[] grants = [.. Enumerable.Range(0, 3 * limit).Select(_ => bucket.Draw(1).TotalSeconds)];
        Assert.All(grants, from => Assert.InRange(grants.Count(at => at >= from && at < from + 60), 1, limit));
        Assert.InRange(grants[^1], 60, 60 * 8);
    }

    [Fact]
    public void Return_OfWhatWasNotUsed_IsThereAgainButNeverMoreThanTheCapacity()
    {
        var bucket = new TokenBucket(10, 1, new ManualTime());
        Assert.Equal(TimeSpan.Zero, bucket.Draw(10));
        bucket.Return(50);
        Assert.Equal(TimeSpan.Zero, bucket.Draw(10));
        Assert.Equal(TimeSpan.FromSeconds(3), bucket.Draw(3));
    }

    [Fact]
    public async Task PassAsync_DuringAPause_LetsNobodyThroughBeforeItsEnd()
    {
        var time = new ManualTime();
        var gate = new RateGate(null, null, time);
        gate.PauseFor(TimeSpan.FromSeconds(20));
        gate.PauseFor(TimeSpan.FromSeconds(5));
        var passing = gate.PassAsync(1, CancellationToken.None);
        time.Advance(TimeSpan.FromSeconds(19));
        Assert.False(passing.IsCompleted);
        gate.PauseFor(TimeSpan.FromSeconds(10));
        time.Advance(TimeSpan.FromSeconds(9));
        Assert.False(passing.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(1));
        await passing.WaitAsync(TimeSpan.FromSeconds(10));
    }
}
