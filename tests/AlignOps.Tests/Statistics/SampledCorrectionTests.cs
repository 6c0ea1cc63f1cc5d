using AlignOps.Statistics.Correction;

namespace AlignOps.Tests.Statistics;

public sealed class SampledCorrectionTests
{
    private const double Truth = 0.4;

    [Fact]
    public void Of_APrioritySampleOfABiasedJudge_CoversWhatPeopleSayAndNeverTheJudge()
    {
        int covered = 0, raw = 0, proven = 0;
        for (var seed = 0; seed < 400; seed++)
        {
            var found = SampledCorrection.Of(Draw(new Random(seed), 300, 60))!;
            covered += found.Mean.Interval.Contains(Truth) ? 1 : 0;
            raw += Math.Abs(found.Raw - Truth) < 0.1 ? 1 : 0;
            proven += found.Bias.Lower > 0 ? 1 : 0;
            Assert.Equal(60, found.Labels);
            Assert.InRange(found.Weight, 0, 1);
        }

        // 0.95 within what chance allows over 400.
        Assert.InRange(covered, 368, 400);
        Assert.Equal(0, raw);
        Assert.InRange(proven, 200, 400);
    }

    [Fact]
    public void Of_EverybodyAsked_IsThePeoplesMeanWhateverTheJudgeSays()
    {
        var random = new Random(1);
        SampledLabel[] all = [.. Enumerable.Range(0, 50).Select(i => new SampledLabel($"c{i}", random.NextDouble(), i % 2, 1))];

        var found = SampledCorrection.Of(all)!;

        Assert.Equal(0.5, found.Mean.Value, 9);
        Assert.Equal(found.Raw - 0.5, found.Bias.Value, 6);
        Assert.Equal(50, found.Clusters);
    }

    [Fact]
    public void Of_AJudgeThatSaysWhatPeopleSay_IsLeanedOnAndNarrowsTheInterval()
    {
        var random = new Random(2);
        var labels = Enumerable.Range(0, 400).Select(i =>
        {
            double person = random.NextDouble() < 0.6 ? 1 : 0;
            return new SampledLabel($"c{i}", person, random.NextDouble() < 0.2 ? person : null, 0.2);
        }).ToList();

        var found = SampledCorrection.Of(labels)!;

        Assert.InRange(found.Weight, 0.9, 1);
        Assert.True(found.Mean.StandardError < 0.6 * found.People.StandardError);
        Assert.Equal(0, found.Bias.Value, 9);
    }

    [Fact]
    public void Of_LabelsThatAllSayTheSame_DoesNotClaimToKnowForCertain()
    {
        var found = SampledCorrection.Of([.. Enumerable.Range(0, 100).Select(i => new SampledLabel($"c{i}", i % 2, i < 20 ? 1 : null, 0.2))])!;

        // 20 of 20: what fails one time in forty may be as rare as 1 − 0.025^(1/20).
        Assert.Equal((1.0, 1.0), (found.People.Value, found.People.Upper));
        Assert.Equal(Math.Pow(0.025, 1 / 20.0), found.People.Lower, 9);
    }

    [Fact]
    public void Of_TooFewLabels_IsNull()
    {
        Assert.Null(SampledCorrection.Of([]));
        Assert.Null(SampledCorrection.Of([new("a", 1, 1, 1), new("b", 1, null, 1), new("a", 0, 0, 1)]));

        // What is known without asking is no label.
        Assert.Null(SampledCorrection.Of([new("a", 1, 1, 1), new("b", 0.5, 0.5, 1, Asked: false)]));
    }

    [Fact]
    public void Inclusion_OfAPrioritySample_MakesWeightedSumsRightOnAverage()
    {
        var random = new Random(3);
        double[] weights = [.. Enumerable.Range(0, 40).Select(i => i % 4 == 0 ? 1 : 0.25)];
        double[] values = [.. Enumerable.Range(0, 40).Select(i => 1.0 + i)];
        double sum = 0;
        const int Runs = 20_000;
        for (var run = 0; run < Runs; run++)
        {
            var order = weights.Select((weight, i) => (i, Priority: PrioritySample.Priority(weight, 1 - random.NextDouble()))).OrderByDescending(one => one.Priority).ToList();
            sum += order.Take(10).Sum(one => values[one.i] / PrioritySample.Inclusion(weights[one.i], order[10].Priority));
        }

        Assert.InRange(sum / Runs / values.Sum(), 0.98, 1.02);
    }

    /// <summary>
    /// People prefer the candidate in 40 %. The judge is sure in 70 % of the pairs and there prefers it in half of those that it should lose too; in the others it contradicts itself.
    /// </summary>
    private static List<SampledLabel> Draw(Random random, int count, int asked)
    {
        var pairs = Enumerable.Range(0, count).Select(i =>
        {
            var person = random.NextDouble() < Truth ? 1.0 : 0;
            var sure = random.NextDouble() < 0.7;
            var weight = sure ? 0.25 : 1;
            return (Person: person, Judge: !sure ? 0.5 : person == 1 || random.NextDouble() < 0.5 ? 1.0 : 0, Weight: weight, Priority: PrioritySample.Priority(weight, 1 - random.NextDouble()));
        }).OrderByDescending(pair => pair.Priority).ToList();
        return [.. pairs.Select((pair, place) => new SampledLabel($"c{place}", pair.Judge, place < asked ? pair.Person : null, PrioritySample.Inclusion(pair.Weight, pairs[asked].Priority)))];
    }
}
