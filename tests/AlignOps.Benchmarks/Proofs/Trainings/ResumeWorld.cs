using System.Text.Json;
using AlignOps.Models.Cpu;
using AlignOps.Models.Policies;
using AlignOps.Models.Sampling;
using AlignOps.Models.Tokenization;

namespace AlignOps.Benchmarks.Proofs.Trainings;

/// <summary>A small policy and preferences about sums, large enough that a training lasts some seconds.</summary>
/// <param name="Model">Checkpoint directory.</param>
/// <param name="Feedback">JSONL.</param>
internal sealed record ResumeWorld(string Model, string Feedback)
{
    private const int Rows = 240;

    public static async Task<ResumeWorld> WriteAsync(string folder, CancellationToken cancellationToken)
    {
        var random = new RandomStream(17);
        (string Prompt, string Right, string Wrong)[] rows = [.. Enumerable.Range(0, Rows).Select(i => Sum(random, i))];
        BpeTokenizer tokenizer = BpeTrainer.Train(rows.SelectMany(row => new[] { row.Prompt, row.Right, row.Wrong }), 400, ChatTemplate.Compact);
        string model = Path.Combine(folder, "base");
        using (ITrainablePolicy policy = new CpuPolicyEngine().Create(
            new PolicyConfig
            {
                VocabSize = tokenizer.VocabularySize, HiddenSize = 96, IntermediateSize = 256, LayerCount = 4, HeadCount = 6, KeyValueHeadCount = 2, HeadDim = 16,
                MaxPositions = 256, TieWordEmbeddings = true, EosTokenIds = [tokenizer.EndOfTurnToken], PadTokenId = tokenizer.PaddingToken,
            },
            seed: 29))
        {
            policy.Save(model);
            tokenizer.Save(model);
        }

        string feedback = Path.Combine(folder, "feedback.jsonl");
        await File.WriteAllLinesAsync(feedback, rows.Select(row => JsonSerializer.Serialize(new { prompt = row.Prompt, chosen = row.Right, rejected = row.Wrong })), cancellationToken);
        return new ResumeWorld(model, feedback);
    }

    private static (string Prompt, string Right, string Wrong) Sum(RandomStream random, int row)
    {
        int a = random.NextInt(90), b = random.NextInt(90), off = 1 + random.NextInt(9);
        return ($"Question {row}: how much is {a} and {b} together?", $"It is {a + b}, since {a} and {b} make {a + b}.", $"I would say {a + b + off}, more or less.");
    }
}
