using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using AlignOps.Data;
using AlignOps.Examples.SupportAssistant;
using AlignOps.Models.Policies;
using AlignOps.Models.Tokenization;
using AlignOps.Training.Examples;
using AlignOps.Training.Optimization;
using AlignOps.Training.Pretraining;
using AlignOps.Training.Trainers;

namespace AlignOps.Host.Demo;

/// <summary>
/// The example's base: a small Llama-style policy pre-trained on the example's corpus and kept as a Hugging Face checkpoint directory, so that only
/// the first demo on a machine trains it.
/// </summary>
internal sealed class BaseModel(IPolicyEngine engine, BaseRecipe recipe)
{
    /// <summary>The folder that holds the base of this recipe, trained or not.</summary>
    public string DirectoryIn(string folder)
    {
        var identity = SHA256.HashData(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(recipe)));
        return Path.Combine(folder, "base-" + Convert.ToHexStringLower(identity)[..12]);
    }

    /// <summary>Trains the base unless it is there. Interrupted, it goes on from its last checkpoint the next time.</summary>
    /// <param name="progress">Hears the step, the number of steps and the loss.</param>
    public async Task<string> EnsureAsync(string folder, Action<int, int, double> progress, CancellationToken cancellationToken)
    {
        var directory = DirectoryIn(folder);
        if (Directory.Exists(directory))
        {
            return directory;
        }

        var corpus = Corpus.Dialogues(recipe.Seed, recipe.CorpusSize);
        var tokenizer = BpeTrainer.Train(corpus.SelectMany(dialogue => new[] { dialogue.Prompt, dialogue.Answer }), recipe.VocabularySize, ChatTemplate.Compact);
        TrainingExample[] examples =
        [
            .. corpus.Select((dialogue, i) => new TrainingExample(
                i.ToString(CultureInfo.InvariantCulture),
                tokenizer.EncodePrompt([new ChatMessage("user", dialogue.Prompt)]),
                [new TrainingCandidate(tokenizer.EncodeAnswer(dialogue.Answer), null)])),
        ];

        // Written beside and renamed: a folder of that name is whole.
        var unfinished = directory + ".unfinished";
        if (Directory.Exists(unfinished))
        {
            Directory.Delete(unfinished, recursive: true);
        }

        await new PretrainRun(engine, ConfigFor(tokenizer), tokenizer, Options)
            .RunAsync(examples, directory + ".training", unfinished, new Observer(progress), cancellationToken);
        Directory.Move(unfinished, directory);
        Directory.Delete(directory + ".training", recursive: true);
        return directory;
    }

    private PolicyConfig ConfigFor(BpeTokenizer tokenizer) => new()
    {
        VocabSize = tokenizer.VocabularySize,
        HiddenSize = recipe.HiddenSize,
        IntermediateSize = recipe.IntermediateSize,
        LayerCount = recipe.LayerCount,
        HeadCount = recipe.HeadCount,
        KeyValueHeadCount = recipe.HeadCount,
        HeadDim = recipe.HeadDim,
        MaxPositions = recipe.MaxPositions,
        TieWordEmbeddings = true,
        EosTokenIds = [tokenizer.EndOfTurnToken],
        PadTokenId = tokenizer.PaddingToken,
    };

    private TrainerOptions Options => new()
    {
        Epochs = 1 + (recipe.Steps * recipe.DialoguesPerStep / recipe.CorpusSize),
        MaxSteps = recipe.Steps,
        PromptsPerStep = recipe.DialoguesPerStep,
        LearningRate = recipe.LearningRate,
        FinalLearningRateShare = recipe.FinalLearningRateShare,
        Schedule = ScheduleKind.Cosine,
        WarmupRatio = recipe.WarmupRatio,
        Clip = recipe.GradientClip,
        AdamW = new AdamWOptions(recipe.Beta1, recipe.Beta2, WeightDecay: recipe.WeightDecay),
        Seed = recipe.Seed,
        CheckpointEvery = 250,
    };

    private sealed class Observer(Action<int, int, double> progress) : ITrainingObserver
    {
        public ValueTask StepAsync(StepReport report, CancellationToken cancellationToken)
        {
            progress(report.Step, report.TotalSteps, report.Loss);
            return ValueTask.CompletedTask;
        }

        public ValueTask CheckpointAsync(string directory, int step, CancellationToken cancellationToken) => ValueTask.CompletedTask;
    }
}
