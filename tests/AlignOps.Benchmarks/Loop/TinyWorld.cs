using System.Globalization;
using System.Text;
using System.Text.Json;
using AlignOps.Data;
using AlignOps.Models.Adapters;
using AlignOps.Models.Cpu;
using AlignOps.Models.Policies;
using AlignOps.Models.Tokenization;
using AlignOps.Training.Examples;
using AlignOps.Training.Objectives;
using AlignOps.Training.Optimization;
using AlignOps.Training.Trainers;

namespace AlignOps.Benchmarks.Loop;

/// <summary>
/// The smallest world in which the whole loop is real: a policy of 20 thousand parameters that answers yes or no, feedback that prefers yes,
/// and a suite that expects it. A run takes seconds, so that a proof can afford a hundred of them.
/// </summary>
internal static class TinyWorld
{
    public const string Pipeline = "yes-or-no";

    private static readonly string[] Verbs = ["call", "write", "start", "stop", "open", "close", "send", "keep", "move", "share"];
    private static readonly string[] Nouns = ["it", "them", "the file", "the team", "the door", "a note", "the list", "the work", "the box", "a copy"];

    /// <summary>Writes the pipeline's folder below <paramref name="folder"/> and returns the folder of pipelines.</summary>
    public static string WritePipeline(string folder)
    {
        var pipeline = Path.Combine(folder, Pipeline);
        Directory.CreateDirectory(Path.Combine(pipeline, "suites"));
        File.WriteAllText(Path.Combine(pipeline, "pipeline.yaml"), $$"""
            pipeline: {{Pipeline}}
            description: Says yes.
            mix: { held_out_share: 0.1, replay_share: 0.05, synthetic_share: 0.25 }
            synthesis: { method: sampled, samples: 2, max_prompts: 8, max_new_tokens: 4, verifier: exact-match }
            training:
              method: rrhf
              epochs: 2
              prompts_per_step: 4
              learning_rate: 2.0e-2
              checkpoint_every: 4
              lora: { rank: 4, alpha: 8 }
            evaluation:
              verifier: exact-match
              temperature: 1.0
              max_new_tokens: 4
              suites:
                - { name: manners, file: suites/manners.jsonl, role: preference }
                - { name: words, file: suites/words.jsonl, role: regression, verifier: regex }
            gate: { alpha: 0.05, min_items: 10, regression_margin: 0.1 }
            """);
        File.WriteAllText(Path.Combine(pipeline, "suites", "manners.jsonl"), Suite("manners", "please", """{"text":"yes"}"""));
        File.WriteAllText(Path.Combine(pipeline, "suites", "words.jsonl"), Suite("words", "now", """{"pattern":"^(yes|no)$"}"""));
        return folder;
    }

    /// <summary>Trains the base, which says one as often as the other, and returns its checkpoint directory.</summary>
    public static async Task<string> WriteBaseAsync(string directory, CancellationToken cancellationToken, string yes = "yes", string no = "no")
    {
        (string Prompt, string Answer)[] dialogues = [.. AllPrompts().SelectMany(prompt => new[] { (prompt, yes), (prompt, no) })];
        var tokenizer = BpeTrainer.Train(dialogues.SelectMany(d => new[] { d.Prompt, d.Answer }), 320, ChatTemplate.Compact);
        using var policy = new CpuPolicyEngine(1).Create(
            new PolicyConfig
            {
                VocabSize = tokenizer.VocabularySize,
                HiddenSize = 32,
                IntermediateSize = 64,
                LayerCount = 1,
                HeadCount = 2,
                KeyValueHeadCount = 2,
                HeadDim = 16,
                MaxPositions = 64,
                TieWordEmbeddings = true,
                EosTokenIds = [tokenizer.EndOfTurnToken],
                PadTokenId = tokenizer.PaddingToken,
            },
            seed: 1);
        await ImitateAsync(policy, tokenizer, dialogues, epochs: 4, directory, cancellationToken);
        policy.Save(directory);
        tokenizer.Save(directory);
        return directory;
    }

    /// <summary>Trains an adapter that says this and nothing else, and returns its PEFT directory.</summary>
    public static async Task<string> WriteAdapterAsync(string baseDirectory, string directory, string answer, CancellationToken cancellationToken)
    {
        using var policy = new CpuPolicyEngine(1).LoadForAdapterTraining(baseDirectory, null, new LoraConfig(Rank: 8), seed: 1);
        await ImitateAsync(policy, Tokenizer.Load(baseDirectory), [.. AllPrompts().Select(prompt => (prompt, answer))], epochs: 2, directory, cancellationToken);
        policy.Save(directory);
        return directory;
    }

    /// <summary>Preferences for yes (or no); the batch number makes its content its own.</summary>
    public static byte[] Feedback(int number, string chosen = "yes", string rejected = "no")
    {
        var random = new Random(number);
        var lines = Prompts(string.Create(CultureInfo.InvariantCulture, $"{(char)('a' + (number % 26))} {number}"))
            .OrderBy(_ => random.Next())
            .Take(40)
            .Select(prompt => JsonSerializer.Serialize(new { prompt, chosen, rejected }));
        return Encoding.UTF8.GetBytes(string.Join('\n', lines) + "\n");
    }

    private static async Task ImitateAsync(
        ITrainablePolicy policy, ITokenizer tokenizer, IReadOnlyList<(string Prompt, string Answer)> dialogues, int epochs, string directory, CancellationToken cancellationToken)
    {
        TrainingExample[] examples = [.. dialogues.Select((d, i) => new TrainingExample(
            i.ToString(CultureInfo.InvariantCulture),
            tokenizer.EncodePrompt([new ChatMessage("user", d.Prompt)]),
            [new TrainingCandidate(tokenizer.EncodeAnswer(d.Answer), null)]))];
        var options = new TrainerOptions { Epochs = epochs, PromptsPerStep = 16, LearningRate = 1e-2, Schedule = ScheduleKind.Cosine, AdamW = new AdamWOptions(0.9, 0.98), CheckpointEvery = 10_000 };
        await new Trainer(policy, new SftObjective(), options, "tiny", directory + ".training").RunAsync(examples, [], new Silent(), cancellationToken);
    }

    private static IEnumerable<string> AllPrompts() => Prompts("").Concat(Prompts("please")).Concat(Prompts("now"));

    private static IEnumerable<string> Prompts(string ending) =>
        Verbs.SelectMany(verb => Nouns.Select(noun => $"Should I {verb} {noun} {ending}".TrimEnd() + "?"));

    private static string Suite(string name, string ending, string expect) => string.Join('\n', Prompts(ending).Select((prompt, i) =>
        $$"""{"id":"{{name}}-{{i}}","slice":"all","cluster":"{{name}}-{{i}}","prompt":[{"role":"user","content":"{{prompt}}"}],"expect":{{expect}}}""")) + "\n";

    private sealed class Silent : ITrainingObserver
    {
        public ValueTask StepAsync(StepReport report, CancellationToken cancellationToken) => ValueTask.CompletedTask;

        public ValueTask CheckpointAsync(string directory, int step, CancellationToken cancellationToken) => ValueTask.CompletedTask;
    }
}
