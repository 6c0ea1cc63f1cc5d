using AlignOps.Evaluation.Judging;
using AlignOps.Evaluation.Qualification.Drift;
using AlignOps.Statistics.Intervals;
using AlignOps.Statistics.Multiplicity;

namespace AlignOps.Tests.Evaluation.Qualification;

public sealed class DriftTests
{
    [Theory]
    [InlineData(0, 1.0)]
    [InlineData(1, 0.25)]
    [InlineData(3, 0.015625)]
    [InlineData(5, 0.0009765625)]
    public void Of_ASteadyJudgeThatChangedSomeVerdicts_HasAQuarterForEach(int changed, double expected)
    {
        var games = Enumerable.Range(0, 48).Select(i => new AskedAgain([Preference.First, Preference.First, Preference.First], i < changed ? Preference.Second : Preference.First)).ToList();
        var finding = DriftTest.Of(games);
        Assert.Equal(expected, finding.PValue, 12);
        Assert.Equal(changed / 48.0, finding.Differing, 12);
    }

    [Fact]
    public void Of_EveryWayThatVerdictsCanFall_AgreesWithCounting()
    {
        // All assignments of which of T + 1 verdicts is today's, by brute force.
        Preference?[][] said = [[Preference.First, Preference.First, Preference.Second, null], [Preference.Tie, Preference.Tie, Preference.Tie], [Preference.First, Preference.Second]];
        int[] now = [3, 2, 0];
        static int Differing(Preference?[] verdicts, int today) => verdicts.Where((_, i) => i != today).Count(verdict => verdict != verdicts[today]);
        var observed = said.Zip(now, Differing).Sum();
        int more = 0, all = 0;
        for (var a = 0; a < said[0].Length; a++)
        {
            for (var b = 0; b < said[1].Length; b++)
            {
                for (var c = 0; c < said[2].Length; c++)
                {
                    all++;
                    if (Differing(said[0], a) + Differing(said[1], b) + Differing(said[2], c) >= observed) more++;
                }
            }
        }

        var finding = DriftTest.Of([.. said.Zip(now, (verdicts, today) => new AskedAgain([.. verdicts.Where((_, i) => i != today)], verdicts[today]))]);
        Assert.Equal((double)more / all, finding.PValue, 12);
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(0.1)]
    [InlineData(0.4)]
    public void AnUnchangedJudge_AskedInEveryRunOfItsCertificate_IsCalledDriftedNoMoreOftenThanTheLevel(double wavers)
    {
        const double Level = 0.1;
        const int Certificates = 400, Runs = 20, Games = 40;
        var random = new Random(11);
        var alarms = Enumerable.Range(0, Certificates).Count(_ =>
        {
            Preference Say() => random.NextDouble() < wavers ? (Preference)random.Next(3) : Preference.First;
            Preference?[][] examined = [.. Enumerable.Range(0, Games).Select(_ => new Preference?[] { Say(), Say(), Say() })];
            return Enumerable.Range(0, Runs).Any(run => DriftTest.Of([.. examined.Select(verdicts => new AskedAgain(verdicts, Say()))]).PValue <= new ErrorBudget(Level, run).NextLevel);
        });
        Assert.True(ClopperPearsonInterval.Lower(alarms, Certificates, 0.01) <= Level, $"{alarms} of {Certificates}");
    }

    [Fact]
    public void AJudgeThatTurnsToTheFirstPlace_IsCaughtAtOnce_EvenInItsHundredthRun()
    {
        var random = new Random(5);
        var games = Enumerable.Range(0, 48).Select(i =>
        {
            Preference Say() => random.NextDouble() < 0.03 ? Preference.Tie : i % 2 == 0 ? Preference.First : Preference.Second;
            return new AskedAgain([Say(), Say(), Say()], Preference.First);
        }).ToList();
        Assert.InRange(DriftTest.Of(games).PValue, 0, new ErrorBudget(0.01, 99).NextLevel);
    }
}
