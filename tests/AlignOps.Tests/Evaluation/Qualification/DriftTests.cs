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
        var games = Enumerable.Range(0, 48).Select(i => new AskedAgain([Preference.First, Preference.First, Preference.First], [i < changed ? Preference.Second : Preference.First])).ToList();
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

        var finding = DriftTest.Of([.. said.Zip(now, (verdicts, today) => new AskedAgain([.. verdicts.Where((_, i) => i != today)], [verdicts[today]]))]);
        Assert.Equal((double)more / all, finding.PValue, 12);
    }

    [Fact]
    public void Of_TwoRunsTogether_AgreesWithCounting()
    {
        Preference?[] all = [Preference.First, Preference.First, Preference.Tie, Preference.Second, null];
        static int Differing(Preference?[] verdicts, int one, int other) =>
            verdicts.Where((_, i) => i != one && i != other).Sum(verdict => (verdict != verdicts[one] ? 1 : 0) + (verdict != verdicts[other] ? 1 : 0));
        (int One, int Other)[] choices = [.. Enumerable.Range(0, 5).SelectMany(i => Enumerable.Range(i + 1, 4 - i).Select(j => (i, j)))];
        foreach (var (one, other) in choices)
        {
            var observed = Differing(all, one, other);
            var finding = DriftTest.Of([new AskedAgain([.. all.Where((_, i) => i != one && i != other)], [all[one], all[other]])]);
            Assert.Equal(choices.Count(choice => Differing(all, choice.One, choice.Other) >= observed) / 10.0, finding.PValue, 12);
        }
    }

    [Fact]
    public void Find_ASmallChangeThatStays_IsSeenInTheSecondRun()
    {
        Preference?[][] examined = [.. Enumerable.Range(0, 48).Select(_ => new Preference?[] { Preference.First, Preference.First, Preference.First })];
        SaidAgain[] said = [.. Enumerable.Range(0, 48).Select(i => new SaidAgain(true, i < 4 ? Preference.Second : Preference.First))];
        var reading = new DriftReading(examined, said, new Dictionary<string, int>());
        Assert.Equal(Math.Pow(0.25, 4), reading.Find([]).PValue, 12);
        Assert.Equal(2 * Math.Pow(0.1, 4), reading.Find(said).PValue, 12);
        Assert.Equal(said, SaidAgain.Read(SaidAgain.Write(said)));
        Assert.Equal([SaidAgain.Nothing, new SaidAgain(true, null)], SaidAgain.Read(SaidAgain.Write([SaidAgain.Nothing, new SaidAgain(true, null)])));
    }

    [Fact]
    public void Heard_TooFewGames_IsNot()
    {
        Preference?[][] examined = [.. Enumerable.Range(0, 48).Select(_ => new Preference?[] { Preference.First, Preference.First })];
        DriftReading Reading(int heard) => new(examined, [.. Enumerable.Range(0, 48).Select(i => i < heard ? new SaidAgain(true, Preference.First) : SaidAgain.Nothing)], new Dictionary<string, int>());
        Assert.True(Reading(24).Heard);
        Assert.False(Reading(23).Heard);
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
            return Enumerable.Range(0, Runs).Any(run => DriftTest.Of([.. examined.Select(verdicts => new AskedAgain(verdicts, [Say()]))]).PValue <= new ErrorBudget(Level, run).NextLevel);
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
            return new AskedAgain([Say(), Say(), Say()], [Preference.First]);
        }).ToList();
        Assert.InRange(DriftTest.Of(games).PValue, 0, new ErrorBudget(0.01, 99).NextLevel);
    }
}
