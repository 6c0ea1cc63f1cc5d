using System.Diagnostics;
using AlignOps.Benchmarks.Proofs.Real;
using AlignOps.Models.Cpu;
using AlignOps.Models.Policies;
using AlignOps.Training.Examples;
using AlignOps.Training.Objectives;
using AlignOps.Training.Trainers;

namespace AlignOps.Benchmarks.Proofs.Methods;

/// <summary>One training of one method, and what it learned as the pairs that were kept from it show.</summary>
internal sealed class MethodTraining(MethodWorld world)
{
    private const int PairsAtOnce = 16;

    /// <summary>Same rows, same order, same steps, same first adapter for every method; only the loss and the rate differ. On one core.</summary>
    public async Task<FoldResult> RunAsync(
        MethodRecipe recipe, double learningRate, IReadOnlyList<PreferencePair> training, IReadOnlyList<PreferencePair> heldOut, string folder, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        TrainingExample[] learned = [.. training.Select(world.Encoder.Comparison)], asked = [.. heldOut.Select(world.Encoder.Comparison)];
        var objective = recipe.Method.Create(recipe.Section).Over(learned);
        var engine = new CpuPolicyEngine(threads: 1);
        using var policy = objective.NeedsValues
            ? engine.LoadForRewardTraining(world.Base, null, world.Recipe.Lora, world.Recipe.Seed)
            : engine.LoadForAdapterTraining(world.Base, null, world.Recipe.Lora, world.Recipe.Seed);
        var options = world.Recipe.AdapterOptions with { LearningRate = learningRate };
        var summary = await new Trainer(policy, objective, options, recipe.Name, folder) { Reference = () => world.Reference }
            .RunAsync(learned, [], new StepCallback(), cancellationToken);
        var (own, perToken) = Measure(policy, recipe.Measure, asked, cancellationToken);
        Directory.Delete(folder, recursive: true);
        return new FoldResult(own, perToken, summary.Steps, summary.FinalLoss, Stopwatch.GetElapsedTime(started).TotalSeconds);
    }

    /// <summary>The base by log-probability per token, before any pair was learned.</summary>
    public double[] Before(IReadOnlyList<PreferencePair> heldOut, CancellationToken cancellationToken) =>
        PairScores.Of(world.Reference, [.. heldOut.Select(world.Encoder.Comparison)], cancellationToken);

    private (double[] Own, double[]? PerToken) Measure(ITrainablePolicy policy, PreferenceMeasure measure, TrainingExample[] asked, CancellationToken cancellationToken)
    {
        List<double> own = [], perToken = [];
        foreach (var part in asked.Chunk(PairsAtOnce))
        {
            cancellationToken.ThrowIfCancellationRequested();
            TokenSequence[] sequences = [.. part.SelectMany(pair => new[] { pair.Sequence(0), pair.Sequence(1) })];
            if (measure == PreferenceMeasure.Value)
            {
                using var pass = policy.Forward([.. sequences.Select(sequence => TokenSequence.ForValue(sequence.Tokens))]);
                own.AddRange(Compared([.. pass.Values!.Select(value => (double)value)]));
                continue;
            }

            var scored = policy.Score(sequences);
            var references = world.Reference.Score(sequences);
            own.AddRange(Compared([.. scored.Select((one, i) => Reward(measure, one.Sum(v => (double)v), references[i].Sum(v => (double)v), one.Length))]));
            perToken.AddRange(Compared([.. scored.Select(one => one.Average(v => (double)v))]));
        }

        return ([.. own], measure == PreferenceMeasure.Value ? null : [.. perToken]);
    }

    private static IEnumerable<double> Compared(double[] rewards) => Enumerable.Range(0, rewards.Length / 2).Select(i => PairScores.Right(rewards[2 * i], rewards[(2 * i) + 1]));

    private static double Reward(PreferenceMeasure measure, double sum, double reference, int tokens) => measure switch
    {
        PreferenceMeasure.Sum => sum,
        PreferenceMeasure.PerToken => sum / tokens,
        PreferenceMeasure.LogRatio => sum - reference,
        _ => (sum - reference) / tokens,
    };
}
