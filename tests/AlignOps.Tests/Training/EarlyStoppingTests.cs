using System.Text.Json;
using AlignOps.Platform.Jobs;
using AlignOps.Training.Evaluation;
using AlignOps.Training.Examples;
using AlignOps.Training.Trainers;

namespace AlignOps.Tests.Training;

/// <summary>Evaluation while training, and what hangs on it. The held-out rows contradict the training rows, so that training on makes them worse.</summary>
public sealed class EarlyStoppingTests : IDisposable
{
    private static readonly TrainingExample[] Examples = ExampleMaker.Rankings(1, 23);
    private static readonly TrainingExample[] HeldOut = [.. ExampleMaker.Rankings(40, 6)];

    private static readonly TrainerOptions Options = new()
    {
        Epochs = 12, PromptsPerStep = 5, LearningRate = 0.1, CheckpointEvery = 7, Seed = 9, Dropout = true,
        Evaluation = new EvaluationOptions(Every: 2, Patience: 3, KeepBest: true, WatchedMetric.Nll),
    };

    private readonly string _folder = Directory.CreateTempSubdirectory("alignops-early-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Run_HeldOutRowsGetWorse_StopsAndKeepsTheBest()
    {
        (TrainingSummary summary, byte[] policy) = await TrainAsync(Options, "stops");

        JsonElement[] lines = Lines(summary);
        (int Step, double Nll)[] evaluations = [.. lines.Where(l => l.TryGetProperty("eval_nll", out _)).Select(l => (l.GetProperty("step").GetInt32(), l.GetProperty("eval_nll").GetDouble()))];
        (int Step, double Nll) best = evaluations[..^1].MinBy(e => e.Nll);
        Assert.True(summary.Steps < 60, $"{summary.Steps} steps");
        Assert.Equal(best.Step + 6, summary.Steps);
        Assert.Equal(best, evaluations[^1]);
        Assert.Equal(best.Step, summary.KeptStep);
        Assert.Equal(best.Nll, summary.HeldOut.MeanNegativeLogLikelihood);
        (_, byte[] other) = await TrainAsync(Options with { Evaluation = Options.Evaluation with { KeepBest = false } }, "last");
        Assert.NotEqual(policy, other);
    }

    [Fact]
    public async Task Run_StoppedAndResumedAnywhere_EvaluatesStopsAndKeepsTheSame()
    {
        (TrainingSummary expected, byte[] policy) = await TrainAsync(Options, "straight");
        for (int stop = 1; stop <= expected.Steps; stop += 3)
        {
            string name = $"stop-{stop}";
            await TrainAsync(Options, name, cancelAt: stop);
            (TrainingSummary actual, byte[] resumed) = await TrainAsync(Options, name);

            Assert.Equal(policy, resumed);
            Assert.Equal(await File.ReadAllTextAsync(expected.MetricsFile), await File.ReadAllTextAsync(actual.MetricsFile));
            Assert.Equal((expected.Steps, expected.KeptStep), (actual.Steps, actual.KeptStep));
        }
    }

    [Fact]
    public async Task Run_DiesBeforeACheckpointAndAfterABetterEvaluation_GoesBackToTheBestOfTheCheckpoint()
    {
        (TrainingSummary expected, byte[] policy) = await TrainAsync(Options, "straight");
        await Assert.ThrowsAsync<InvalidOperationException>(() => TrainAsync(Options, "dead", dieAt: 13));

        (TrainingSummary actual, byte[] resumed) = await TrainAsync(Options, "dead");

        Assert.Equal(policy, resumed);
        Assert.Equal(await File.ReadAllTextAsync(expected.MetricsFile), await File.ReadAllTextAsync(actual.MetricsFile));
    }

    [Fact]
    public async Task Run_LearnableHeldOutRows_GiveTheMethodsLossAndMetricsUnderTrlsNames()
    {
        (TrainingSummary summary, _) = await TrainAsync(Options with { Evaluation = new EvaluationOptions(Every: 4) }, "names");

        JsonElement evaluation = Lines(summary).First(l => l.TryGetProperty("eval_nll", out _));
        Assert.Equal(4, evaluation.GetProperty("step").GetInt32());
        foreach (string name in new[] { "eval_loss", "eval_rewards/margins", "eval_logps/chosen", "eval_entropy", "eval_mean_token_accuracy", "eval_accuracy" })
        {
            Assert.True(double.IsFinite(evaluation.GetProperty(name).GetDouble()), name);
        }
    }

    [Fact]
    public async Task Run_WatchesWhatNoHeldOutRowGives_IsRefusedBeforeTheFirstStep()
    {
        using var policy = new BigramPolicy(ExampleMaker.Vocabulary, 4);
        JobFailedException failure = await Assert.ThrowsAsync<JobFailedException>(
            () => new Trainer(policy, TestObjectives.Find("rrhf"), Options, "id", _folder).RunAsync(Examples, [], new StepCallback(), CancellationToken.None));

        Assert.Equal("nothing-held-out", failure.Code);
        Assert.Contains("eval_nll", failure.Message);
        Assert.Equal(0, policy.Passes);
    }

    [Fact]
    public void After_NotANumber_IsNoBetterThanAny()
    {
        EarlyStopping stopping = EarlyStopping.Start.After(double.NaN, 1).After(2, 2).After(double.NaN, 3).After(2, 4);

        Assert.Equal(new EarlyStopping(2, 2, 2), stopping);
        Assert.True(stopping.Stops(2));
        Assert.False(stopping.Stops(0));
    }

    private async Task<(TrainingSummary Summary, byte[] Policy)> TrainAsync(TrainerOptions options, string name, int cancelAt = 0, int dieAt = 0)
    {
        using var policy = new BigramPolicy(ExampleMaker.Vocabulary, 4);
        using var source = new CancellationTokenSource();
        var trainer = new Trainer(policy, TestObjectives.Find("rrhf"), options, "id", Path.Combine(_folder, name)) { LearnableHeldOut = HeldOut };
        var observer = new StepCallback(report =>
        {
            if (report.Step == cancelAt)
            {
                source.Cancel();
            }

            if (report.Step == dieAt)
            {
                throw new InvalidOperationException("The process dies here.");
            }
        });
        try
        {
            return (await trainer.RunAsync(Examples, HeldOut, observer, source.Token), policy.Bytes());
        }
        catch (OperationCanceledException) when (cancelAt > 0)
        {
            return (null!, []);
        }
    }

    private static JsonElement[] Lines(TrainingSummary summary) => [.. File.ReadLines(summary.MetricsFile).Select(l => JsonDocument.Parse(l).RootElement)];
}
