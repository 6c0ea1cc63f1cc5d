using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using AlignOps.Benchmarks.Proofs.Real;

namespace AlignOps.Benchmarks.Proofs.Methods;

/// <summary><c>methods</c>: every method that learns from preferences, on the same real pairs from the same small base, measured on conversations it never saw.</summary>
internal sealed class MethodsProof : IProof
{
    private const int Folds = 5;
    private const int InnerParts = 4;
    private const int InnerSplits = 2;
    private const int Draws = 10_000;
    private const string Compared = "rrhf";

    public string Name => "methods";

    public string Claim =>
        "each preference method, trained on the same pairs for the same steps from one small base, orders held-out pairs better than a coin by its own reward (5 folds by prompt, 95 % lower bound above 1/2)";

    public async Task<bool> HoldsAsync(Arguments arguments, CancellationToken cancellationToken)
    {
        var data = arguments.Data ?? ".";
        string[] missing = [.. GeneralDialogues.Files.Prepend(MethodWorld.PairsFile).Where(name => !File.Exists(Path.Combine(data, name)))];
        MethodRecipe[] recipes = [.. MethodRecipe.All.Where(recipe => arguments.Methods?.Contains(recipe.Name) ?? true)];
        string[] unknown = [.. (arguments.Methods ?? []).Except(MethodRecipe.All.Select(recipe => recipe.Name))];
        if (missing.Length > 0 || unknown.Length > 0)
        {
            Console.WriteLine(missing.Length > 0
                ? $"There is no {string.Join(", ", missing)} in {Path.GetFullPath(data)}; name the folder with --data (HH-RLHF's harmless-base test split, FLASK's items and answers)."
                : $"There is no method {string.Join(", ", unknown)}; there are {string.Join(", ", MethodRecipe.All.Select(recipe => recipe.Name))}.");
            return false;
        }

        var cache = Directory.CreateDirectory(arguments.Cache ?? Path.Combine(Path.GetTempPath(), "alignops-prove-methods")).FullName;
        Console.WriteLine($"what was trained before is taken from {cache}; remove it, or name another with --cache, to train everything anew");
        using var world = await MethodWorld.OpenAsync(data, cache, cancellationToken);
        var runs = new MethodRuns(world, cache);
        return arguments.Choose
            ? await ChooseAsync(world, runs, recipes, cancellationToken)
            : await CompareAsync(world, runs, recipes, Math.Min(arguments.Folds ?? Folds, Folds), cancellationToken);
    }

    private static async Task<bool> CompareAsync(MethodWorld world, MethodRuns runs, MethodRecipe[] recipes, int folds, CancellationToken cancellationToken)
    {
        var jobs = Enumerable.Range(0, folds)
            .SelectMany(fold => recipes.Select(recipe => new MethodJob(
                recipe, recipe.LearningRate, $"fold {fold + 1}", [.. world.Pairs.Where(pair => pair.Fold(Folds) != fold)], [.. world.Pairs.Where(pair => pair.Fold(Folds) == fold)])))
            .ToArray();
        var done = await runs.AllAsync(jobs, cancellationToken);
        var heldOut = Enumerable.Range(0, folds).SelectMany(fold => world.Pairs.Where(pair => pair.Fold(Folds) == fold)).ToArray();
        var words = Enumerable.Range(0, folds).SelectMany(fold =>
        {
            var bag = BagOfWords.Train([.. world.Pairs.Where(pair => pair.Fold(Folds) != fold)]);
            return world.Pairs.Where(pair => pair.Fold(Folds) == fold).Select(bag.Right).ToArray();
        }).ToArray();
        var before = new MethodTraining(world).Before(heldOut, cancellationToken);
        var results = recipes.Select((recipe, at) => (recipe, Joined([.. Enumerable.Range(0, folds).Select(fold => done[(fold * recipes.Length) + at])]))).ToArray();

        var table = new MethodTable(heldOut, before, Draws, world.Recipe.Seed);
        Console.WriteLine($"{heldOut.Length} held-out pairs of {heldOut.Select(pair => pair.Opening).Distinct().Count()} conversations, {folds} of {Folds} folds; share put in the right order, 95 % intervals by conversation");
        var lower = table.Print(results, Compared);
        table.PrintBeside("base", before);
        table.PrintBeside("longer wins", [.. heldOut.Select(pair => PairScores.Right(pair.Chosen.Length, pair.Rejected.Length))]);
        table.PrintBeside("bag of words", words);
        string[] weak = [.. lower.Where(one => one.Key != "sft" && one.Value <= 0.5).Select(one => one.Key)];
        Console.WriteLine(weak.Length == 0 ? "every method's lower bound is above 1/2" : $"not shown to be better than a coin: {string.Join(", ", weak)}");
        return weak.Length == 0 && folds == Folds;
    }

    /// <summary>Prints each method's share by learning rate on inner splits of the first fold's training rows; true where the best ones are those that the code has.</summary>
    private static async Task<bool> ChooseAsync(MethodWorld world, MethodRuns runs, MethodRecipe[] recipes, CancellationToken cancellationToken)
    {
        PreferencePair[] rows = [.. world.Pairs.Where(pair => pair.Fold(Folds) != 0)];
        var jobs = recipes.SelectMany(recipe => MethodRecipe.Rates.SelectMany(rate => Enumerable.Range(0, InnerSplits).Select(split => new MethodJob(
            recipe, rate, string.Create(CultureInfo.InvariantCulture, $"rate {rate}, split {split + 1}"), [.. rows.Where(pair => Inner(pair) != split)], [.. rows.Where(pair => Inner(pair) == split)])))).ToArray();
        var done = await runs.AllAsync(jobs, cancellationToken);
        var asChosen = true;
        foreach (var (recipe, at) in recipes.Select((recipe, at) => (recipe, at)))
        {
            var shares = MethodRecipe.Rates.Select((rate, r) => (rate, Share: Joined([.. done.Skip(((at * MethodRecipe.Rates.Count) + r) * InnerSplits).Take(InnerSplits)]).Own.Average())).ToArray();
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{recipe.Name,-18} {string.Join("  ", shares.Select(s => $"{s.rate:0.0e0}: {s.Share:0.0000}"))}  best {shares.MaxBy(s => s.Share).rate:0.0e0}, chosen {recipe.LearningRate:0.0e0}"));
            asChosen &= shares.MaxBy(s => s.Share).rate == recipe.LearningRate;
        }

        return asChosen;
    }

    /// <summary>A split by another part of the opening's hash than the folds'.</summary>
    private static int Inner(PreferencePair pair) => (int)(BinaryPrimitives.ReadUInt64BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(pair.Opening)).AsSpan(8)) % InnerParts);

    private static FoldResult Joined(FoldResult[] parts) => new(
        [.. parts.SelectMany(part => part.Own)],
        parts.All(part => part.PerToken is not null) ? [.. parts.SelectMany(part => part.PerToken!)] : null,
        parts.Max(part => part.Steps),
        parts.Average(part => part.FinalLoss),
        parts.Sum(part => part.Seconds));
}
