using System.Text.Json.Nodes;
using AlignOps.Data;
using AlignOps.Models.Cpu;
using AlignOps.Models.Generation;
using AlignOps.Models.Policies;
using AlignOps.Models.Tokenization;
using AlignOps.Rewards;
using AlignOps.Tests.Training.Methods;
using AlignOps.Training.Definitions;
using AlignOps.Training.Examples;
using AlignOps.Training.Objectives;
using AlignOps.Training.Runs;
using AlignOps.Training.Trainers;

namespace AlignOps.Tests.Training.Traps;

/// <summary>The trap: padding is the end token, labels are masked by token id, and the policy is never taught to stop. Here nothing is masked by id.</summary>
public sealed class ModelNeverStopsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("alignops-stops-").FullName;

    public static TheoryData<string> Methods => MethodCases.Labels;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(Methods))]
    public void EveryMethod_EveryAnswerThatTrainsWhole_TrainsItsEndToken(string label)
    {
        MethodCase one = MethodCases.Find(label);
        var tokenizer = new CharacterTokenizer();
        IExampleShape shape = one.Method.Shape(one.Section);
        TrainingExample[] examples =
            [.. Enumerable.Range(0, 5).SelectMany(seed => MethodRows.Of([.. shape.Kinds], seed)).Select(row => shape.Shape(row, tokenizer).Example).OfType<TrainingExample>()];
        IObjective objective = one.Method.Create(one.Section).Over(examples);

        PlannedSequence[] trained =
        [
            .. objective.Plan(examples).Sequences.Where(s => s is { Trains: true, Sequence.Valued: false } && examples[s.Example].Candidates[s.Candidate].Weights is null),
        ];

        Assert.All(trained, planned => Assert.Equal((0, true), (planned.Sequence.Tokens[^1], planned.Sequence.Scored[^1])));
    }

    [Fact]
    public async Task PaddingIsTheEndToken_TheTrainedPolicyStopsAllTheSame()
    {
        string model = TinyModel.Write(Path.Combine(_folder, "base"));
        string config = Path.Combine(model, "config.json");
        JsonNode json = JsonNode.Parse(await File.ReadAllTextAsync(config))!;
        json["pad_token_id"] = json["eos_token_id"] is JsonArray ends ? ends[0]!.GetValue<int>() : json["eos_token_id"]!.GetValue<int>();
        await File.WriteAllTextAsync(config, json.ToJsonString());
        var engine = new CpuPolicyEngine(threads: 2);
        var section = new TrainingSection { Method = "sft", Epochs = 40, PromptsPerStep = 4, LearningRate = 2e-2 };

        await new AdapterTraining(engine, new VerifierCatalogue([])).RunAsync(
            new AdapterTrainingRequest(section, 5, model, null, "tiny", TinyModel.Demonstrations(), [], Path.Combine(_folder, "work"), Path.Combine(_folder, "out")),
            new StepCallback(),
            CancellationToken.None);

        using IPolicyModel policy = engine.Load(model, Path.Combine(_folder, "out"));
        BpeTokenizer tokenizer = Tokenizer.Load(model);
        IReadOnlyList<GenerationResult> answers = policy.Generate(
            [.. TinyModel.Questions.Select(q => new GenerationRequest(tokenizer.EncodePrompt([new ChatMessage("user", $"what {q}")]), 30, 0, 1, 0))]);
        Assert.All(answers, answer => Assert.Equal(FinishReason.Stop, answer.FinishReason));
    }
}
