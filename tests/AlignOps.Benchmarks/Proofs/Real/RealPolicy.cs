using System.Text.Json;
using AlignOps.Models.Policies;
using AlignOps.Models.Tokenization;
using AlignOps.Training.Examples;
using AlignOps.Training.Objectives;
using AlignOps.Training.Trainers;

namespace AlignOps.Benchmarks.Proofs.Real;

/// <summary>A base of general dialogues, and adapters that learn preferences on top of it.</summary>
internal sealed class RealPolicy
{
    private readonly IPolicyEngine _engine;
    private readonly RealRecipe _recipe;
    private readonly string _folder;

    private RealPolicy(IPolicyEngine engine, RealRecipe recipe, BpeTokenizer tokenizer, string folder) =>
        (_engine, _recipe, _folder, Encoder) = (engine, recipe, folder, new PairEncoder(tokenizer, recipe));

    public PairEncoder Encoder { get; }

    private string Base => Path.Combine(_folder, "base");

    /// <summary>Trains tokenizer and base, once for all folds: neither has seen a pair.</summary>
    public static async Task<RealPolicy> TrainBaseAsync(
        IPolicyEngine engine, RealRecipe recipe, IReadOnlyList<(string Instruction, string Answer)> dialogues, string folder, CancellationToken cancellationToken)
    {
        var tokenizer = BpeTrainer.Train(dialogues.SelectMany(d => new[] { d.Instruction, d.Answer }), recipe.VocabularySize, ChatTemplate.Compact);
        var trained = new RealPolicy(engine, recipe, tokenizer, folder);
        using var policy = engine.Create(recipe.Shape(tokenizer), recipe.Seed);
        await new Trainer(policy, new SftObjective(), recipe.BaseOptions, "base", Path.Combine(folder, "base.training"))
            .RunAsync([.. dialogues.Select(trained.Encoder.Transcript)], [], new Quiet(), cancellationToken);
        policy.Save(trained.Base);
        tokenizer.Save(trained.Base);
        return trained;
    }

    /// <summary>For each pair whether the base prefers what people preferred.</summary>
    public double[] Before(IReadOnlyList<TrainingExample> pairs, CancellationToken cancellationToken)
    {
        using var policy = _engine.Load(Base, null);
        return PairScores.Of(policy, pairs, cancellationToken);
    }

    /// <summary>The same after RRHF on <paramref name="training"/>, by a new adapter.</summary>
    public async Task<double[]> AfterAsync(string name, IReadOnlyList<TrainingExample> training, IReadOnlyList<TrainingExample> pairs, CancellationToken cancellationToken)
    {
        using var policy = _engine.LoadForAdapterTraining(Base, null, _recipe.Lora, _recipe.Seed);
        var objective = new RrhfObjective(_recipe.Rrhf);
        await new Trainer(policy, objective, _recipe.AdapterOptions, JsonSerializer.Serialize(_recipe.Rrhf), Path.Combine(_folder, name + ".training"))
            .RunAsync(training, [], new Quiet(), cancellationToken);
        return PairScores.Of(policy, pairs, cancellationToken);
    }

    private sealed class Quiet : ITrainingObserver
    {
        public ValueTask StepAsync(StepReport report, CancellationToken cancellationToken) => ValueTask.CompletedTask;

        public ValueTask CheckpointAsync(string directory, int step, CancellationToken cancellationToken) => ValueTask.CompletedTask;
    }
}
