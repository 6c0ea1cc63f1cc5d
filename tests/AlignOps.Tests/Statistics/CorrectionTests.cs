using AlignOps.Statistics.Correction;
using AlignOps.Tests.Statistics.Golden;

namespace AlignOps.Tests.Statistics;

public sealed class CorrectionTests
{
    [Fact]
    public void PredictionPowered_GoldenLabels_HasThePublishedEstimator()
    {
        var golden = StatisticsGolden.Section("correction");
        var found = PredictionPowered.Of([.. golden.Numbers("person").Zip(golden.Numbers("judge"))], golden.Numbers("unlabelled"))!;
        StatisticsGolden.Close(golden.Number("weight"), found.Weight);
        StatisticsGolden.Close(golden.Number("mean"), found.Mean.Value);
        StatisticsGolden.Close(golden.Number("standardError"), found.Mean.StandardError);
        Assert.True(found.Mean.StandardError < found.People.StandardError);
    }

    [Fact]
    public void PredictionPowered_ABiasedJudge_IsPutRight_AndAWorthlessOneIgnored()
    {
        int covered = 0, naive = 0;
        for (var run = 0; run < 300; run++)
        {
            // People say yes to 40 %; the judge follows them, and says yes to half of the rest as well.
            var random = new Random(run);
            (double Person, double Judge) Draw()
            {
                var person = random.NextDouble() < 0.4 ? 1.0 : 0;
                return (person, person == 1 || random.NextDouble() < 0.5 ? 1.0 : 0);
            }

            var unlabelled = Enumerable.Range(0, 1000).Select(_ => Draw().Judge).ToList();
            var found = PredictionPowered.Of([.. Enumerable.Range(0, 100).Select(_ => Draw())], unlabelled)!;
            covered += found.Mean.Interval.Contains(0.4) ? 1 : 0;
            naive += Math.Abs(unlabelled.Average() - 0.4) < 0.1 ? 1 : 0;
            Assert.True(found.Bias.Value > 0.1);
        }

        Assert.InRange(covered, 275, 300);
        Assert.Equal(0, naive);

        var noise = new Random(1);
        var worthless = PredictionPowered.Of([.. Enumerable.Range(0, 400).Select(i => (i % 2 * 1.0, noise.NextDouble()))], [.. Enumerable.Range(0, 4000).Select(_ => noise.NextDouble())])!;
        Assert.InRange(worthless.Weight, 0, 0.3);
        Assert.InRange(worthless.Mean.StandardError / worthless.People.StandardError, 0.9, 1.01);
        Assert.Null(PredictionPowered.Of([(1, 1)], [1, 0, 1]));
    }

    [Fact]
    public void RoganGladen_KnownCounts_HasTheDeltaMethodsError()
    {
        foreach (var row in StatisticsGolden.Section("correction").Rows("roganGladen"))
        {
            var found = RoganGladen.Correct((int)row[0], (int)row[1], (int)row[2], (int)row[3], (int)row[4], (int)row[5])!;
            StatisticsGolden.Close(Math.Clamp(row[6], 0, 1), found.Value);
            if (row[6] > 0) StatisticsGolden.Close(row[7], found.StandardError, 1e-6);
            Assert.InRange(found.Lower, 0, found.Upper);
        }
    }

    [Fact]
    public void RoganGladen_AJudgeNoBetterThanChance_SaysNothing()
    {
        Assert.Null(RoganGladen.Correct(30, 100, 50, 100, 50, 100));
        Assert.Null(RoganGladen.Correct(30, 100, 20, 100, 30, 100));
        Assert.Null(RoganGladen.Correct(30, 100, 0, 0, 50, 100));
        Assert.Equal(0.3, RoganGladen.Correct(30, 100, 50, 50, 50, 50)!.Value, 12);
    }
}
