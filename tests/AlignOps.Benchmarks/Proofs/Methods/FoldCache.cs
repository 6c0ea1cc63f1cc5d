using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using AlignOps.Benchmarks.Proofs.Real;
using AlignOps.Models.Sampling;
using AlignOps.Training.Objectives;

namespace AlignOps.Benchmarks.Proofs.Methods;

/// <summary>
/// Results that need not be computed again. The key is what decides them: the base's weights, the recipe, the rows by id, the rate, and what the
/// method's loss and gradient are at a fixed step, so that neither another option nor a changed formula is taken for the old one.
/// </summary>
internal sealed class FoldCache(string folder, MethodWorld world)
{
    private const int ProbePairs = 8;

    public string Key(MethodRecipe recipe, double learningRate, IReadOnlyList<PreferencePair> training, IReadOnlyList<PreferencePair> heldOut)
    {
        var parts = JsonSerializer.Serialize(new
        {
            world.BaseDigest,
            world.Recipe,
            recipe.Name,
            recipe.Measure,
            LearningRate = learningRate,
            Training = training.Select(pair => pair.Row.Id),
            HeldOut = heldOut.Select(pair => pair.Row.Id),
            Probe = Probe(recipe, training),
        });
        return $"{recipe.Name}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(parts)))[..24]}";
    }

    public FoldResult? Find(string key) =>
        File.Exists(Path.Combine(folder, key + ".json")) ? JsonSerializer.Deserialize<FoldResult>(File.ReadAllText(Path.Combine(folder, key + ".json"))) : null;

    public void Keep(string key, FoldResult result)
    {
        var path = Path.Combine(folder, key + ".json");
        File.WriteAllText(path + ".part", JsonSerializer.Serialize(result));
        File.Move(path + ".part", path, overwrite: true);
    }

    private double[] Probe(MethodRecipe recipe, IReadOnlyList<PreferencePair> training)
    {
        var random = new RandomStream(7);
        var objective = recipe.Method.Create(recipe.Section);
        var plan = objective.Plan([.. training.Take(ProbePairs).Select(world.Encoder.Comparison)]);
        var result = objective.Loss(plan, [.. plan.Sequences.Select(planned => new ScoredSequence(
            planned, [.. Enumerable.Range(0, planned.Sequence.ScoredCount).Select(_ => -3 * random.NextDouble())], -100 * random.NextDouble()) { Value = planned.Sequence.Valued ? random.NextDouble() : null })]);
        return [result.Loss, .. result.Gradients.SelectMany(g => g.Take(1)), .. result.ValueGradients ?? []];
    }
}
