using AlignOps.Data;
using AlignOps.Data.Feedback;
using AlignOps.Models.Cpu;
using AlignOps.Models.Generation;
using AlignOps.Models.Policies;
using AlignOps.Models.Tokenization;
using AlignOps.Training.Examples;
using AlignOps.Training.Pretraining;
using AlignOps.Training.Trainers;

namespace AlignOps.Tests.Training;

/// <summary>A Llama-style policy of some ten thousand weights with its tokenizer, written as a Hugging Face checkpoint.</summary>
internal static class TinyModel
{
    public static readonly string[] Questions = ["port", "price", "colour", "name", "city", "speed", "size", "owner"];
    public static readonly string[] Answers = ["eighty", "nine", "blue", "wren", "bern", "fast", "small", "nobody"];

    private static readonly Lazy<(string Name, byte[] Content)[]> Files = new(Pretrain);

    /// <summary>Writes the checkpoint and returns the directory. It gives each of the answers to any of the questions: what to say, not when.</summary>
    public static string Write(string directory)
    {
        Directory.CreateDirectory(directory);
        foreach ((string name, byte[] content) in Files.Value)
        {
            File.WriteAllBytes(Path.Combine(directory, name), content);
        }

        return directory;
    }

    public static BpeTokenizer TrainTokenizer() => BpeTrainer.Train([.. Questions.Select(q => $"what {q}"), .. Answers], 300, ChatTemplate.Compact);

    public static PolicyConfig Config(BpeTokenizer tokenizer) => new()
    {
        VocabSize = tokenizer.VocabularySize,
        HiddenSize = 32,
        IntermediateSize = 48,
        LayerCount = 2,
        HeadCount = 2,
        KeyValueHeadCount = 1,
        HeadDim = 16,
        MaxPositions = 64,
        TieWordEmbeddings = true,
        EosTokenIds = [tokenizer.EndOfTurnToken],
    };

    public static FeedbackRow[] Demonstrations() =>
        [.. Questions.Select((q, i) => Row(FeedbackKind.Demonstration, q, new Candidate(Answers[i])))];

    /// <summary>Three answers a question: the right one, another question's, and a third's.</summary>
    public static FeedbackRow[] Rankings() =>
    [
        .. Questions.Select((q, i) => Row(
            FeedbackKind.Ranking, q, new Candidate(Answers[(i + 1) % 8], 0.5), new Candidate(Answers[i], 1), new Candidate(Answers[(i + 3) % 8], 0))),
    ];

    /// <summary>What the policy says greedily to each question.</summary>
    public static string[] Ask(IPolicyModel policy, ITokenizer tokenizer)
    {
        IReadOnlyList<GenerationResult> results = policy.Generate(
            [.. Questions.Select(q => new GenerationRequest(tokenizer.EncodePrompt([new ChatMessage("user", $"what {q}")]), 12, 0, 1, 0))]);
        return [.. results.Select(r => tokenizer.Decode(r.Tokens))];
    }

    private static (string Name, byte[] Content)[] Pretrain()
    {
        BpeTokenizer tokenizer = TrainTokenizer();
        TrainingExample[] examples =
        [
            .. Questions.SelectMany(q => Answers.Select(a => PretrainExamples.Dialogue($"{q} {a}", tokenizer, [new ChatMessage("user", $"what {q}")], a))),
        ];
        string folder = Directory.CreateTempSubdirectory("alignops-tiny-").FullName;
        try
        {
            var run = new PretrainRun(new CpuPolicyEngine(threads: 2), Config(tokenizer), tokenizer, new TrainerOptions { Epochs = 10, LearningRate = 1e-2, Seed = 3 });
            run.RunAsync(examples, Path.Combine(folder, "work"), Path.Combine(folder, "base"), new StepCallback(), CancellationToken.None).GetAwaiter().GetResult();
            return [.. Directory.EnumerateFiles(Path.Combine(folder, "base")).Select(f => (Path.GetFileName(f), File.ReadAllBytes(f)))];
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static FeedbackRow Row(FeedbackKind kind, string question, params Candidate[] candidates) =>
        new(kind, [new ChatMessage("user", $"what {question}")], candidates, new Provenance("b-1", 1, "test", ""));
}
