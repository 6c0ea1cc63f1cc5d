using System.Text.Json;
using AlignOps.Platform.Jobs;
using AlignOps.Training.Examples;
using AlignOps.Training.HeldOut;
using AlignOps.Training.Trainers;

namespace AlignOps.Tests.Training;

public sealed class TrainerTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("alignops-trainer-").FullName;

    private static readonly TrainerOptions Options = new() { Epochs = 4, PromptsPerStep = 5, LearningRate = 0.05, CheckpointEvery = 3, Seed = 9 };

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    public static TheoryData<string> Methods => TestObjectives.Names;

    [Theory]
    [MemberData(nameof(Methods))]
    public async Task Run_StoppedAndResumedAnywhere_GivesTheSameBits(string method)
    {
        TrainingExample[] examples = ExampleMaker.Rankings(1, 23), heldOut = ExampleMaker.Rankings(2, 5);
        using var straight = new BigramPolicy(ExampleMaker.Vocabulary, 4);
        TrainingSummary expected = await new Trainer(straight, TestObjectives.Find(method), Options, "id", Path.Combine(_folder, "straight"))
            .RunAsync(examples, heldOut, new StopAt(), CancellationToken.None);

        for (int stop = 1; stop < expected.Steps; stop += 2)
        {
            string folder = Path.Combine(_folder, $"stop-{stop}");
            await StopAsync(method, examples, heldOut, folder, stop);
            using var resumed = new BigramPolicy(ExampleMaker.Vocabulary, seed: 4);
            var observer = new StopAt();
            TrainingSummary actual = await new Trainer(resumed, TestObjectives.Find(method), Options, "id", folder).RunAsync(examples, heldOut, observer, CancellationToken.None);

            Assert.Equal(stop + 1, observer.FirstStep);
            Assert.Equal(straight.Bytes(), resumed.Bytes());
            Assert.Equal(await File.ReadAllBytesAsync(expected.MetricsFile), await File.ReadAllBytesAsync(actual.MetricsFile));
            Assert.Equal((expected.Steps, expected.Tokens, expected.FinalLoss), (actual.Steps, actual.Tokens, actual.FinalLoss));
        }
    }

    [Fact]
    public async Task Run_ProcessDiesBetweenCheckpoints_ResumesFromTheLastOneWithTheSameBits()
    {
        TrainingExample[] examples = ExampleMaker.Rankings(1, 23);
        using var straight = new BigramPolicy(ExampleMaker.Vocabulary, 4);
        await new Trainer(straight, TestObjectives.Find("rrhf"), Options, "id", Path.Combine(_folder, "straight")).RunAsync(examples, [], new StopAt(), CancellationToken.None);
        string folder = Path.Combine(_folder, "dead");
        using var dead = new BigramPolicy(ExampleMaker.Vocabulary, 4);
        await Assert.ThrowsAsync<InvalidOperationException>(
            () => new Trainer(dead, TestObjectives.Find("rrhf"), Options, "id", folder).RunAsync(examples, [], new StopAt(dieAt: 11), CancellationToken.None));

        using var resumed = new BigramPolicy(ExampleMaker.Vocabulary, 4);
        var observer = new StopAt();
        await new Trainer(resumed, TestObjectives.Find("rrhf"), Options, "id", folder).RunAsync(examples, [], observer, CancellationToken.None);

        Assert.Equal(10, observer.FirstStep);
        Assert.Equal(straight.Bytes(), resumed.Bytes());
    }

    [Fact]
    public async Task Run_CheckpointOfAnotherTraining_StartsAnew()
    {
        TrainingExample[] examples = ExampleMaker.Rankings(1, 23);
        await StopAsync("rrhf", examples, [], _folder, stop: 7);
        using var policy = new BigramPolicy(ExampleMaker.Vocabulary, 4);
        var observer = new StopAt();

        await new Trainer(policy, TestObjectives.Find("rrhf"), Options with { LearningRate = 0.01 }, "id", _folder).RunAsync(examples, [], observer, CancellationToken.None);

        Assert.Equal(1, observer.FirstStep);
    }

    [Fact]
    public async Task Run_Rankings_LearnsTheirOrder()
    {
        TrainingExample[] examples = ExampleMaker.Rankings(5, 12);
        using var policy = new BigramPolicy(ExampleMaker.Vocabulary, 1);
        double before = HeldOutEvaluation.Run(policy, examples).PreferenceAccuracy!.Value;

        TrainingSummary summary = await new Trainer(policy, TestObjectives.Find("rrhf"), Options with { Epochs = 30 }, "id", _folder)
            .RunAsync(examples, examples, new StopAt(), CancellationToken.None);

        Assert.InRange(before, 0.3, 0.7);
        Assert.True(summary.HeldOut.PreferenceAccuracy > 0.9, $"{summary.HeldOut.PreferenceAccuracy}");
    }

    [Fact]
    public async Task Run_LossBecomesInfinite_NamesStepAndRows()
    {
        TrainingExample[] examples = ExampleMaker.Demonstrations(5, 10);
        using var policy = new BigramPolicy(ExampleMaker.Vocabulary, 1);
        policy.Parameters[0].Value.Span[..ExampleMaker.Vocabulary].Fill(float.NaN);
        policy.Parameters[1].Value.Span[3] = float.NaN;

        JobFailedException failure = await Assert.ThrowsAsync<JobFailedException>(
            () => new Trainer(policy, TestObjectives.Find("sft"), Options, "id", _folder).RunAsync(examples, [], new StopAt(), CancellationToken.None));

        Assert.Equal("loss-not-finite", failure.Code);
        Assert.Contains("Step 1 of 8", failure.Message);
        Assert.Equal(5, examples.Count(e => failure.Message.Contains(e.RowId)));
        string saved = Path.Combine(_folder, "not-finite-step-1.json");
        Assert.Contains(saved, failure.Message);
        JsonElement batch = JsonDocument.Parse(await File.ReadAllBytesAsync(saved)).RootElement;
        Assert.Equal(5, batch.GetProperty("rows").GetArrayLength());
        JsonElement first = batch.GetProperty("sequences")[0];
        TrainingExample row = examples.Single(e => e.RowId == first.GetProperty("row").GetString());
        Assert.Equal([.. row.Prompt, .. row.Candidates[0].Answer], first.GetProperty("tokens").EnumerateArray().Select(t => t.GetInt32()));
        Assert.Equal(row.Candidates[0].Answer.Length, first.GetProperty("logProbabilities").GetArrayLength());
        Assert.Equal("NaN", batch.GetProperty("loss").GetString());
    }

    [Fact]
    public async Task Run_Metrics_CarryTrlNamesAndNoTime()
    {
        using var policy = new BigramPolicy(ExampleMaker.Vocabulary, 1);
        TrainingSummary summary = await new Trainer(policy, TestObjectives.Find("rrhf"), Options, "id", _folder)
            .RunAsync(ExampleMaker.Rankings(5, 12), ExampleMaker.Rankings(6, 4), new StopAt(), CancellationToken.None);

        JsonElement[] lines = [.. File.ReadLines(summary.MetricsFile).Select(l => JsonDocument.Parse(l).RootElement)];

        Assert.Equal(summary.Steps + 1, lines.Length);
        string[] names =
        [
            "step", "epoch", "loss", "grad_norm", "learning_rate", "num_tokens", "accuracy", "entropy", "logps/chosen", "logps/rejected",
            "mean_token_accuracy", "rank_loss",
            "rewards/accuracies", "rewards/chosen", "rewards/margins", "rewards/rejected", "sft_loss",
        ];
        Assert.Equal(names, lines[0].EnumerateObject().Select(p => p.Name));
        Assert.Equal(["step", "eval_accuracy", "eval_nll", "eval_pairs", "eval_rows"], lines[^1].EnumerateObject().Select(p => p.Name));
        Assert.Equal([5.0 / 12, 10.0 / 12, 1], lines.Take(3).Select(l => l.GetProperty("epoch").GetDouble()));
        Assert.Equal(summary.Tokens, lines[^2].GetProperty("num_tokens").GetInt64());
    }

    private static async Task StopAsync(string method, TrainingExample[] examples, TrainingExample[] heldOut, string folder, int stop)
    {
        using var policy = new BigramPolicy(ExampleMaker.Vocabulary, 4);
        using var source = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => new Trainer(policy, TestObjectives.Find(method), Options, "id", folder).RunAsync(examples, heldOut, new StopAt(source, stop), source.Token));
    }

    private sealed class StopAt(CancellationTokenSource? source = null, int stop = 0, int dieAt = 0) : ITrainingObserver
    {
        public int FirstStep { get; private set; }

        public ValueTask StepAsync(StepReport report, CancellationToken cancellationToken)
        {
            FirstStep = FirstStep == 0 ? report.Step : FirstStep;
            if (report.Step == stop)
            {
                source!.Cancel();
            }

            return report.Step == dieAt ? throw new InvalidOperationException("The process dies here.") : ValueTask.CompletedTask;
        }

        public ValueTask CheckpointAsync(string directory, int step, CancellationToken cancellationToken)
        {
            Assert.True(File.Exists(Path.Combine(directory, "state.safetensors")));
            return ValueTask.CompletedTask;
        }
    }
}
