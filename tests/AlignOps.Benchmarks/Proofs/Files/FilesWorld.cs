using System.Globalization;
using System.Text.Json;
using AlignOps.Data;
using AlignOps.Examples.SupportAssistant;
using AlignOps.Models.Checkpoints;
using AlignOps.Models.Cpu;
using AlignOps.Models.Policies;
using AlignOps.Models.Safetensors;
using AlignOps.Models.Tokenization;
using AlignOps.Training.Command;
using AlignOps.Training.Definitions;
using AlignOps.Training.Examples;
using AlignOps.Training.Optimization;
using AlignOps.Training.Pretraining;
using AlignOps.Training.Trainers;

namespace AlignOps.Benchmarks.Proofs.Files;

/// <summary>Makes a case's base, the feedback, and the adapter that is trained on it, in the folders <c>base</c> and <c>adapter</c>.</summary>
internal sealed class FilesWorld(FilesCase made, string folder)
{
    private const int Dialogues = 400;

    private static readonly CpuPolicyEngine Engine = new();

    public string Base => Path.Combine(folder, "base");

    public string Adapter => Path.Combine(folder, "adapter");

    public string Merged => Path.Combine(folder, "merged");

    /// <summary>A policy that has learned enough to say something: its likely tokens are likely, so that greedy texts are decided.</summary>
    public async Task PretrainAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<Dialogue> corpus = Corpus.Dialogues(seed: 11, Dialogues);
        BpeTokenizer tokenizer = BpeTrainer.Train(corpus.SelectMany(dialogue => new[] { dialogue.Prompt, dialogue.Answer }), 512, ChatTemplate.Compact);
        PolicyConfig config = made.Shape(new PolicyConfig
        {
            VocabSize = tokenizer.VocabularySize, HiddenSize = 64, IntermediateSize = 128, LayerCount = 3, HeadCount = 4, KeyValueHeadCount = 2, HeadDim = 16,
            MaxPositions = 256, TieWordEmbeddings = true, EosTokenIds = [tokenizer.EndOfTurnToken], PadTokenId = tokenizer.PaddingToken,
        });
        TrainingExample[] examples = [.. corpus.Select((dialogue, i) => new TrainingExample(
            i.ToString(CultureInfo.InvariantCulture), tokenizer.EncodePrompt([new ChatMessage("user", dialogue.Prompt)]), [new TrainingCandidate(tokenizer.EncodeAnswer(dialogue.Answer), null)]))];
        var options = new TrainerOptions { Epochs = 8, PromptsPerStep = 16, LearningRate = 5e-3, Schedule = ScheduleKind.Cosine, CheckpointEvery = 10_000 };
        string work = Path.Combine(folder, "pretraining"), trained = Path.Combine(folder, "trained");
        await new PretrainRun(Engine, config, tokenizer, options).RunAsync(examples, work, trained, new StepCallback(), cancellationToken);
        using (ICheckpoint checkpoint = Checkpoint.Open(trained))
        {
            Checkpoint.Write(Base, config, [.. checkpoint.TensorNames.Select(name => Read(checkpoint, name))], made.Dtype);
        }

        tokenizer.Save(Base);
        Directory.Delete(work, recursive: true);
        Directory.Delete(trained, recursive: true);
    }

    /// <summary>Pairs of one dialogue's answer and the next one's.</summary>
    public async Task TrainAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<Dialogue> corpus = Corpus.Dialogues(seed: 12, 96);
        string file = Path.Combine(folder, "feedback.jsonl");
        await File.WriteAllLinesAsync(file, corpus.Select((dialogue, i) => JsonSerializer.Serialize(
            new { prompt = dialogue.Prompt, chosen = dialogue.Answer, rejected = corpus[(i + 1) % corpus.Count].Answer })), cancellationToken);
        var options = new TrainCommandOptions
        {
            File = file,
            Model = Base,
            Output = Adapter,
            HeldOutShare = 0,
            Training = new TrainingSection { Method = made.Method, Epochs = 2, PromptsPerStep = 8, LearningRate = 2e-3, Lora = made.Lora, Seed = 3 },
        };
        TrainCommandResult result = await new TrainCommandRunner(Engine).RunAsync(options, _ => { }, cancellationToken);
        if (result.Report is null)
        {
            throw new InvalidOperationException($"{result.Reason} [{result.Code}]");
        }
    }

    private static NamedTensor Read(ICheckpoint checkpoint, string name)
    {
        var values = new float[checkpoint.Shape(name).Aggregate(1, (product, size) => product * size)];
        checkpoint.Read(name, values);
        return new NamedTensor(name, checkpoint.Shape(name), values);
    }
}
