using System.Text.Json;
using AlignOps.Data;
using AlignOps.Data.Feedback;
using AlignOps.Models.Cpu;
using AlignOps.Rewards;
using AlignOps.Training.Definitions;
using AlignOps.Training.Runs;
using AlignOps.Training.Trainers;

namespace AlignOps.Tests.Training.LanguageFeedback;

/// <summary>The methods on the managed engine, each on one file that holds every kind of feedback.</summary>
public sealed class EveryMethodLearnsTests : IDisposable
{
    private static readonly CpuPolicyEngine Engine = new(threads: 2);

    private readonly string _folder = Directory.CreateTempSubdirectory("alignops-learns-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("dft", 24)]
    [InlineData("coh", 24)]
    [InlineData("c-rlft", 24)]
    [InlineData("ilf", 8)]
    [InlineData("second-thoughts", 16)]
    [InlineData("selfee", 16)]
    [InlineData("raft", 24)]
    [InlineData("cut", 24)]
    [InlineData("edits", 16)]
    [InlineData("fine-grained", 8)]
    [InlineData("reward", 16)]
    public async Task Run_EveryKindOfFeedback_LowersTheMethodsLossOnWhatItCanUse(string method, int usable)
    {
        string model = TinyModel.Write(Path.Combine(_folder, "base"));
        var section = new TrainingSection
        {
            Method = method,
            Epochs = 12,
            PromptsPerStep = 32,
            LearningRate = 1e-2,
            Coh = new CohSection { PositiveMarker = "+", NegativeMarker = "-" },
            Cut = new CutSection { JudgmentMarker = "#" },
            Selfee = new SelfeeSection { FeedbackMarker = "#", RevisionMarker = "##" },
            SecondThoughts = new SecondThoughtsSection { DraftMarker = "#", EditsMarker = "#", TargetMarker = "##" },
        };

        AdapterTrainingResult result = await new AdapterTraining(Engine, new VerifierCatalogue([])).RunAsync(
            new AdapterTrainingRequest(section, 5, model, null, "tiny", Rows(), [], Path.Combine(_folder, "work"), Path.Combine(_folder, "out")),
            new StepCallback(),
            CancellationToken.None);

        double[] losses =
        [
            .. File.ReadLines(result.Summary.MetricsFile)
                .Select(line => JsonDocument.Parse(line).RootElement)
                .Where(line => line.TryGetProperty("loss", out _))
                .Select(line => line.GetProperty("loss").GetDouble()),
        ];
        Assert.Equal(usable, result.Examples);
        Assert.Equal(Rows().Length, result.Examples + result.Skipped.Values.Sum());
        Assert.True(losses[^1] < losses[0], $"{method}: {losses[0]} became {losses[^1]}");
    }

    /// <summary>To each question a demonstration, a preference, a revised answer and a judged one with a marked stretch.</summary>
    private static FeedbackRow[] Rows() =>
    [
        .. TinyModel.Questions.SelectMany((q, i) =>
        {
            (string right, string wrong) = (TinyModel.Answers[i], TinyModel.Answers[(i + 1) % 8]);
            return new[]
            {
                Row(FeedbackKind.Demonstration, q, new Candidate(right)),
                Row(FeedbackKind.Preference, q, new Candidate(right, 1), new Candidate(wrong, 0)),
                Row(FeedbackKind.Ranking, q, new Candidate(wrong, 0, Critique: "no"), new Candidate(right, 1)),
                Row(FeedbackKind.Critique, q, new Candidate(wrong, Critique: "no", Spans: [new AnswerSpan(0, 2, SpanLabel.Bad)])),
            };
        }),
    ];

    private static FeedbackRow Row(FeedbackKind kind, string question, params Candidate[] candidates) =>
        new(kind, [new ChatMessage("user", $"what {question}")], candidates, new Provenance("b-1", 1, "test", ""));
}
