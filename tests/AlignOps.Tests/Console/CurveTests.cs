using System.Text.Json;
using AlignOps.Evaluation.Jobs;
using AlignOps.Platform.Jobs;
using AlignOps.Promotion.Gates;
using AlignOps.Statistics.Betting;
using AlignOps.Training.Jobs;
using AlignOps.WebConsole.Reading;

namespace AlignOps.Tests.WebConsole;

/// <summary>What a page draws is what the trainer trained and the gate computed.</summary>
public sealed class CurveTests
{
    [Fact]
    public void EvidenceCurve_OfAFile_EndsAtTheGatesOwnEvidence()
    {
        var file = Samples.Evidence(items: 240, seed: 5);

        var curve = EvidenceCurve.Of(EvidenceCurve.Outcomes(file), 0.01, final: true)!;

        var values = new GateEvidence(file).VersusChampion();
        var test = MeanTest.Greater(values, 0.5, 0.01, rule: BettingRule.Mixture);
        Assert.Equal(values.Count, curve.Points.Count - 1);
        Assert.Equal(test.LogValue / Math.Log(10), curve.Points[^1].Y, 12);
        Assert.Equal(test.LogMaximum / Math.Log(10), curve.Points.Max(point => point.Y), 12);
        Assert.Equal(test.FirstCrossing, curve.CrossedAfter);
        Assert.Equal(2, curve.Bound!.Value, 12);
    }

    [Fact]
    public async Task EvidenceCurve_WhileJudging_IsTheFinalOneSoFar()
    {
        var file = Samples.Evidence(items: 90, seed: 9);
        var job = new RememberingProgress();
        var progress = new EvaluationProgress(job, total: 180);

        foreach (var item in file.Items)
        {
            await progress.JudgedAsync(item, file.Items.Count, CancellationToken.None);
        }

        Assert.True(job.Details.Count > 10);
        var live = EvidenceCurve.Outcomes(job.Details[^1]);
        Assert.Equal(EvidenceCurve.Outcomes(file).Select(value => Math.Round(value, 4)), live);
        Assert.True(EvidenceCurve.Outcomes(job.Details[3]).Count < live.Count);

        await progress.ReportedAsync("llm", 50, 50, CancellationToken.None);
        Assert.Equal(live, EvidenceCurve.Outcomes(job.Details[^1]));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("not json")]
    [InlineData("[1]")]
    [InlineData("""{"curve":7,"outcomes":"x"}""")]
    public void Curves_OfADetailThatIsSomethingElse_AreEmpty(string? detail)
    {
        Assert.Empty(TrainingCurve.OfJob(detail).Points);
        Assert.Null(EvidenceCurve.Of(EvidenceCurve.Outcomes(detail), 0.05, final: false));
    }

    [Theory]
    [InlineData(7)]
    [InlineData(120)]
    [InlineData(5000)]
    public void LossCurve_AnyLength_IsSmallSteadyAndReachesTheEnd(int steps)
    {
        var curve = new LossCurve();
        for (var step = 1; step <= steps; step++)
        {
            curve.Add(step, 1.0 / step);
        }

        var read = TrainingCurve.OfJob(JsonSerializer.Serialize(new { totalSteps = steps, curve = curve.Points })).Points;
        Assert.InRange(read.Count, Math.Min(steps, 60), 120);
        Assert.All(read, point => Assert.Equal(Math.Round(1 / point.X, 4), point.Y));
        Assert.True(read[^1].X > steps * 0.95);
        Assert.Single(read.Zip(read.Skip(1)).Select(pair => pair.Second.X - pair.First.X).Distinct());
    }

    [Fact]
    public void TrainingCurve_OfMetrics_LeavesOutTheHeldOutLines()
    {
        var curve = TrainingCurve.OfMetrics("{\"step\":1,\"loss\":0.5}\n{\"step\":1,\"eval_rows\":4}\nbroken\n{\"step\":2,\"loss\":0.25}\n");

        Assert.Equal([(1, 0.5), (2, 0.25)], curve.Points);
    }

    private sealed class RememberingProgress : IJobProgress
    {
        public List<string> Details { get; } = [];

        public Task ReportAsync(double fraction, string detail, CancellationToken cancellationToken)
        {
            Details.Add(detail);
            return Task.CompletedTask;
        }

        public Task CheckpointAsync(string checkpoint, CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
