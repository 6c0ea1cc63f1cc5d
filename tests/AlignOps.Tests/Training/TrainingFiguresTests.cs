using AlignOps.Tests.Platform.Compliance;
using AlignOps.Training.Metrics;
using AlignOps.Training.Trainers;

namespace AlignOps.Tests.Training;

/// <summary>What people watch a training by: z-scores, speed, time left.</summary>
public sealed class TrainingFiguresTests
{
    [Fact]
    public void ZScores_SteadyValuesThenASpike_ScoreTheSpikeInDeviationsOfTheWindowBefore()
    {
        var scores = new ZScores();
        double?[] steady = [.. Enumerable.Range(0, 40).Select(i => scores.Add(i % 2 == 0 ? 1 : 3))];

        Assert.All(steady[..16], score => Assert.Null(score));
        Assert.All(steady[16..], score => Assert.InRange(Math.Abs(score!.Value), 0.9, 1.1));
        Assert.Equal(8, scores.Add(10)!.Value, 0.2);
    }

    [Fact]
    public void ZScores_WindowOf128_ForgetsWhatIsOlderAndGoesOnFromItsValues()
    {
        ZScores scores = new(), resumed = new();
        for (int i = 0; i < 300; i++)
        {
            double value = i < 150 ? 1000 : Math.Sin(i);
            double? expected = scores.Add(value);
            Assert.Equal(expected, resumed.Add(value));
            resumed = new ZScores { Values = resumed.Values };
        }

        Assert.Equal(128, scores.Values.Count);
        Assert.InRange(scores.Add(0)!.Value, -1, 1);
    }

    [Fact]
    public void ZScores_ValuesAllAlike_SayNothing()
    {
        var scores = new ZScores();

        Assert.All(Enumerable.Range(0, 50), _ => Assert.Null(scores.Add(7)));
    }

    [Fact]
    public void Speed_CountsFromThisAttemptsFirstStepAndForgetsTheMinuteBeforeLast()
    {
        var time = new ManualTime();
        var speed = new TrainingSpeed(time);
        speed.Add(Report(100, 1_000_000));
        Assert.Equal((0, null), (speed.TokensPerSecond, speed.Left));

        time.Advance(TimeSpan.FromSeconds(2));
        speed.Add(Report(101, 1_000_600));
        Assert.Equal((300, TimeSpan.FromSeconds(198)), (speed.TokensPerSecond, speed.Left));

        for (int step = 102; step <= 200; step++)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            speed.Add(Report(step, 1_000_600 + (step - 101) * 50));
        }

        Assert.Equal((50, TimeSpan.Zero), (Math.Round(speed.TokensPerSecond), speed.Left));
    }

    private static StepReport Report(int step, long tokens) => new(step, 200, 1, 0, 0, 0, tokens, new Dictionary<string, double>());
}
