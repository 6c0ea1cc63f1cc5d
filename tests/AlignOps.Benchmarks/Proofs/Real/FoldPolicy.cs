using System.Text.Json;
using AlignOps.Models.Policies;
using AlignOps.Models.Tokenization;
using AlignOps.Training.Examples;
using AlignOps.Training.Objectives;
using AlignOps.Training.Trainers;

namespace AlignOps.Benchmarks.Proofs.Real;

/// <summary>A fold's tokenizer, base and adapter: everything in it has seen the fold's training pairs and nothing else.</summary>
internal sealed class FoldPolicy(IPolicyEngine engine, RealRecipe recipe, IReadOnlyList<PreferencePair> training, string folder)
{
    private readonly BpeTokenizer _tokenizer = BpeTrainer.Train(training.SelectMany(Texts), recipe.VocabularySize, ChatTemplate.Compact);

    public PairEncoder Encoder => field ??= new PairEncoder(_tokenizer, recipe);

    private string BaseDirectory => Path.Combine(folder, "base");

    /// <summary>Trains the base as a language model; returns what the held-out pairs look like to it.</summary>
    public async Task<double[]> BeforeAsync(IReadOnlyList<TrainingExample> heldOut, CancellationToken cancellationToken)
    {
        using var policy = engine.Create(recipe.Shape(_tokenizer), recipe.Seed);
        var trainer = new Trainer(policy, new SftObjective(), recipe.BaseOptions, "base", Path.Combine(folder, "base.training"));
        await trainer.RunAsync([.. training.SelectMany(Encoder.Transcripts)], [], new Quiet(), cancellationToken);
        policy.Save(BaseDirectory);
        _tokenizer.Save(BaseDirectory);
        return PairScores.Of(policy, heldOut, cancellationToken);
    }

    /// <summary>Trains an adapter on the base by RRHF; returns what the held-out pairs look like to both together.</summary>
    public async Task<double[]> AfterAsync(IReadOnlyList<TrainingExample> heldOut, CancellationToken cancellationToken)
    {
        using var policy = engine.LoadForAdapterTraining(BaseDirectory, null, recipe.Lora, recipe.Seed);
        var trainer = new Trainer(policy, new RrhfObjective(recipe.Rrhf), recipe.AdapterOptions, JsonSerializer.Serialize(recipe.Rrhf), Path.Combine(folder, "adapter.training"));
        await trainer.RunAsync([.. training.Select(Encoder.Comparison)], [], new Quiet(), cancellationToken);
        return PairScores.Of(policy, heldOut, cancellationToken);
    }

    private static IEnumerable<string> Texts(PreferencePair pair) => [.. pair.Row.Prompt.Select(message => message.Content), pair.Chosen, pair.Rejected];

    private sealed class Quiet : ITrainingObserver
    {
        public ValueTask StepAsync(StepReport report, CancellationToken cancellationToken) => ValueTask.CompletedTask;

        public ValueTask CheckpointAsync(string directory, int step, CancellationToken cancellationToken) => ValueTask.CompletedTask;
    }
}
