using System.Text.Json;
using AlignOps.Data;
using AlignOps.Data.Feedback;
using AlignOps.Models.Cpu;
using AlignOps.Models.Policies;
using AlignOps.Models.Tokenization;
using AlignOps.Platform.Jobs;
using AlignOps.Rewards;
using AlignOps.Training.Definitions;
using AlignOps.Training.Raft;
using AlignOps.Training.Runs;
using AlignOps.Training.Trainers;

namespace AlignOps.Tests.Training.Raft;

/// <summary>Rounds of sampling, rating and learning on the managed engine.</summary>
public sealed class RaftTests : IDisposable
{
    private static readonly CpuPolicyEngine Engine = new(threads: 2);
    private static readonly TrainingSection Section = new()
    {
        Method = "raft",
        Epochs = 30,
        PromptsPerStep = 4,
        LearningRate = 2e-2,
        CheckpointEvery = 3,
        Raft = new RaftSection { Reward = "verifier", VerifierName = "right-answer", Rounds = 2, Samples = 48, MaxNewTokens = 12, MinReward = 0.5, MinDiversity = 0 },
    };

    private readonly string _folder = Directory.CreateTempSubdirectory("alignops-raft-").FullName;
    private readonly string _model;

    public RaftTests() => _model = TinyModel.Write(Path.Combine(_folder, "base"));

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Run_VerifierThatKnowsTheAnswers_TeachesThemFromThePolicysOwnSamples()
    {
        AdapterTrainingResult result = await TrainAsync(Section, Questions(), "out");

        using IPolicyModel policy = Engine.Load(_model, Path.Combine(_folder, "out"));
        int right = TinyModel.Ask(policy, Tokenizer.Load(_model)).Zip(TinyModel.Answers).Count(pair => pair.First == pair.Second);
        string[] rounds = [.. (await File.ReadAllLinesAsync(result.Summary.MetricsFile)).Where(line => line.StartsWith("{\"round\"", StringComparison.Ordinal))];
        Assert.Equal(2, rounds.Length);
        Assert.True(right >= 5, $"{right} of 8; {string.Join(' ', rounds)}");
    }

    [Fact]
    public async Task Run_StoppedInEveryRoundAndResumed_EndsInTheSameBits()
    {
        TrainingSection section = Section with { Epochs = 2 };
        await TrainAsync(section, Questions(), "whole");
        int stopped = 0;
        while (true)
        {
            using var source = new CancellationTokenSource();
            try
            {
                await TrainAsync(section, Questions(), "parts", stop: 1 + (stopped % 2), source);
                break;
            }
            catch (OperationCanceledException)
            {
                stopped++;
            }
        }

        Assert.True(stopped >= 3, $"stopped {stopped} times");
        foreach (string file in new[] { "adapter_model.safetensors", Path.Combine("..", "{0}-work", "metrics.jsonl") })
        {
            Assert.Equal(await File.ReadAllBytesAsync(PathOf("whole", file)), await File.ReadAllBytesAsync(PathOf("parts", file)));
        }
    }

    [Fact]
    public async Task Run_RowsOwnAnswers_LearnsTheBestOfEachInOneRound()
    {
        TrainingSection section = Section with { Epochs = 30, LearningRate = 2e-2, Raft = new RaftSection() };

        AdapterTrainingResult result = await TrainAsync(section, TinyModel.Rankings(), "rows");

        Assert.Equal(8, result.Examples);
        using IPolicyModel policy = Engine.Load(_model, Path.Combine(_folder, "rows"));
        Assert.Equal(TinyModel.Answers, TinyModel.Ask(policy, Tokenizer.Load(_model)));
    }

    [Fact]
    public async Task Run_AnswersThatNeverEnd_EndsTheTrainingByName()
    {
        JobFailedException failure = await Assert.ThrowsAsync<JobFailedException>(
            () => TrainAsync(Section with { Raft = Section.Raft with { MaxNewTokens = 1 } }, Questions(), "none"));

        Assert.Equal("invalid-answers", failure.Code);
        Assert.Contains("training.raft.max_invalid", failure.Message);
    }

    [Fact]
    public async Task Run_UnknownVerifier_NamesThoseThereAre()
    {
        JobFailedException failure = await Assert.ThrowsAsync<JobFailedException>(
            () => TrainAsync(Section with { Raft = Section.Raft with { VerifierName = "nobody" } }, Questions(), "none"));

        Assert.Equal("unknown-verifier", failure.Code);
        Assert.Contains("right-answer", failure.Message);
    }

    [Fact]
    public async Task Run_Rounds_CountStepsAndTokensOnFromEachOther()
    {
        List<StepReport> seen = [];
        AdapterTrainingResult result = await TrainAsync(Section with { Epochs = 2 }, Questions(), "counted", seen: seen);

        JsonElement[] lines = [.. (await File.ReadAllLinesAsync(result.Summary.MetricsFile)).Select(line => JsonDocument.Parse(line).RootElement).Where(line => line.TryGetProperty("loss", out _))];
        Assert.Equal(Enumerable.Range(1, result.Summary.Steps), seen.Select(report => report.Step));
        Assert.Equal(seen.Select(report => (report.Step, report.Tokens)), lines.Select(line => (line.GetProperty("step").GetInt32(), line.GetProperty("num_tokens").GetInt64())));
        Assert.Equal(result.Summary.Tokens, seen[^1].Tokens);
        Assert.True(seen.Zip(seen.Skip(1)).All(pair => pair.First.Tokens < pair.Second.Tokens));
        Assert.All(seen, report => Assert.InRange(report.Step, 1, report.TotalSteps));
    }

    private static FeedbackRow[] Questions() =>
        [.. TinyModel.Questions.Select(q => new FeedbackRow(FeedbackKind.Task, [new ChatMessage("user", $"what {q}")], [], new Provenance("b", 1, "test", "")))];

    private string PathOf(string name, string file) => Path.Combine(_folder, name, string.Format(System.Globalization.CultureInfo.InvariantCulture, file, name));

    private Task<AdapterTrainingResult> TrainAsync(TrainingSection section, FeedbackRow[] rows, string name, int stop = 0, CancellationTokenSource? source = null, List<StepReport>? seen = null)
    {
        int steps = 0;
        return new AdapterTraining(Engine, new VerifierCatalogue([new RightAnswer()])).RunAsync(
            new AdapterTrainingRequest(section, 5, _model, null, "tiny", rows, [], Path.Combine(_folder, name + "-work"), Path.Combine(_folder, name)),
            new StepCallback(report =>
            {
                seen?.Add(report);
                if (++steps == stop)
                {
                    source!.Cancel();
                }
            }),
            source?.Token ?? CancellationToken.None);
    }

    private sealed class RightAnswer : IVerifier
    {
        public string Name => "right-answer";

        public string Digest => "right-answer 1";

        public Verification Verify(IReadOnlyList<ChatMessage> prompt, string answer)
        {
            int question = Array.FindIndex(TinyModel.Questions, q => prompt[^1].Content == $"what {q}");
            return new Verification(answer == TinyModel.Answers[question] ? 1 : 0, new Dictionary<string, bool>());
        }
    }
}
