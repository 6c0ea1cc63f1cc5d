using AlignOps.Statistics.Betting;
using AlignOps.Tests.Statistics.Golden;

namespace AlignOps.Tests.Statistics;

public sealed class MixtureAndFiniteTests
{
    [Fact]
    public void Mixture_KnownValues_IsTheMeanOverItsBetsInAnyOrder()
    {
        foreach (var golden in StatisticsGolden.Section("betting").EnumerateArray())
        {
            var values = golden.Numbers("values");
            var found = MeanTest.Greater(values, golden.Number("null"), 0.05, rule: BettingRule.Mixture);
            StatisticsGolden.Close(golden.Number("mixture"), found.LogValue);
            StatisticsGolden.Close(golden.Number("mixture9"), MeanTest.Greater(values, golden.Number("null"), 0.05, 0.9, BettingRule.Mixture).LogValue);
            Assert.Equal(found.LogValue, MeanTest.Greater([.. values.Reverse()], golden.Number("null"), 0.05, rule: BettingRule.Mixture).LogValue, 9);
        }
    }

    [Fact]
    public void Mixture_OfAHundredThousandWinsAndThenLosses_StaysANumber()
    {
        var process = new MixtureEProcess(0.5, 0.01);
        for (var i = 0; i < 100_000; i++) process.Observe(1);

        // All of it rides on the largest bet in the end: a twentieth of the capital, times 1.5 a win.
        Assert.Equal(100_000 * Math.Log(1.5) - Math.Log(20), process.LogValue, 6);
        for (var i = 0; i < 300_000; i++) process.Observe(0);
        Assert.True(process.LogValue < 0 && double.IsFinite(process.LogValue));
    }

    [Theory]
    [InlineData(BettingRule.Kelly, 0.4)]
    [InlineData(BettingRule.Mixture, 0.4)]
    [InlineData(BettingRule.Mixture, 0.5)]
    public void Observe_EverySequenceAtTheNull_IsWorthOneInAll(BettingRule rule, double mean)
    {
        // Three outcomes with this mean, all 3^7 sequences with their probabilities: a fair game, exactly.
        double[] outcomes = [0, 0.5, 1], chances = [1 - 0.1 - (mean - 0.05), 0.1, mean - 0.05];
        double Worth(double chance, double[] values, int left) => left == 0
            ? chance * Math.Exp(MeanTest.Greater(values, mean, 0.05, 0.9, rule).LogValue)
            : Enumerable.Range(0, 3).Sum(i => Worth(chance * chances[i], [.. values, outcomes[i]], left - 1));

        Assert.Equal(1, Worth(1, [], 7), 12);
    }

    [Theory]
    [InlineData(new[] { 1, 1, 0, 0.5, 0, 0.5, 0.0 })]
    [InlineData(new[] { 1, 0, 0, 0, 0.25, 0.25, 1.0 })]
    public void FiniteSuite_EveryOrderOfASuiteAtTheNull_IsWorthOneAtEveryLook(double[] suite)
    {
        var orders = Orders(suite).ToList();
        for (var seen = 1; seen <= suite.Length; seen++)
        {
            var worth = orders.Average(order =>
            {
                var process = new FiniteSuiteEProcess(suite.Length, suite.Average(), 0.05);
                foreach (var value in order.Take(seen)) process.Observe(value);
                return Math.Exp(process.LogValue);
            });
            Assert.Equal(1, worth, 9);
        }
    }

    [Fact]
    public void FiniteSuite_ABetterSuite_IsAlwaysProvenByItsEnd_AndSoonerThanWithReplacement()
    {
        var random = new Random(4);
        int finite = 0, endless = 0;
        for (var run = 0; run < 200; run++)
        {
            // 58 of 100 won: too few for a claim about questions like these, certain about these.
            double[] suite = [.. Enumerable.Repeat(1.0, 58), .. Enumerable.Repeat(0.0, 42)];
            random.Shuffle(suite);
            var process = new FiniteSuiteEProcess(100, 0.5, 0.05);
            foreach (var value in suite) process.Observe(value);
            Assert.NotNull(process.FirstCrossing);
            finite += process.FirstCrossing <= 90 ? 1 : 0;
            endless += MeanTest.Greater(suite, 0.5, 0.05).FirstCrossing <= 90 ? 1 : 0;
        }

        Assert.True(finite > 2 * endless, $"{finite} within 90 items without replacement, {endless} with.");
    }

    [Fact]
    public void FiniteSuite_AWorseSuite_IsProvenBetterNoMoreOftenThanAlpha()
    {
        var random = new Random(5);
        var proven = 0;
        for (var run = 0; run < 1000; run++)
        {
            double[] suite = [.. Enumerable.Repeat(1.0, 50), .. Enumerable.Repeat(0.0, 50)];
            random.Shuffle(suite);
            var process = new FiniteSuiteEProcess(100, 0.5, 0.05);
            foreach (var value in suite) process.Observe(value);
            proven += process.FirstCrossing is null ? 0 : 1;
        }

        Assert.InRange(proven, 0, 50 + 3 * Math.Sqrt(1000 * 0.05 * 0.95));
        var full = new FiniteSuiteEProcess(1, 0.5, 0.05);
        full.Observe(0);
        Assert.Throws<InvalidOperationException>(() => full.Observe(1));
    }

    [Theory]
    [InlineData(BettingRule.Kelly)]
    [InlineData(BettingRule.Mixture)]
    public void ConfidenceSequence_OfEitherRule_SaysWhatItsTestSays(BettingRule rule)
    {
        var random = new Random(6);
        for (var run = 0; run < 40; run++)
        {
            var values = Outcomes.Draw(random, 150, 0.58, 0.2);
            var lower = BettingConfidenceSequence.Lower(values, 0.05, rule: rule);
            Assert.Equal(MeanTest.Greater(values, 0.5, 0.05, rule: rule).Proven, lower >= 0.5);
            Assert.True(lower < BettingConfidenceSequence.Upper(values, 0.05, rule: rule));
        }
    }

    [Fact]
    public void ConfidenceSequence_OfASuite_ClosesInOnItsMean()
    {
        var random = new Random(7);
        double[] suite = [.. Outcomes.Draw(random, 120, 0.6, 0.2)];
        var (half, all) = (suite[..60], suite);
        Assert.True(BettingConfidenceSequence.LowerOfSuite(half, 120, 0.05) >= BettingConfidenceSequence.Lower(half, 0.05));
        Assert.InRange(suite.Average() - BettingConfidenceSequence.LowerOfSuite(all, 120, 0.05), 0, 0.002);
        Assert.InRange(BettingConfidenceSequence.UpperOfSuite(all, 120, 0.05) - suite.Average(), 0, 0.002);
    }

    private static IEnumerable<double[]> Orders(double[] values)
    {
        if (values.Length == 1) return [values];
        return Enumerable.Range(0, values.Length).SelectMany(i => Orders([.. values[..i], .. values[(i + 1)..]]).Select(rest => (double[])[values[i], .. rest]));
    }
}
