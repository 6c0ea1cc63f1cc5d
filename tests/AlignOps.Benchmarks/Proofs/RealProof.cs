using System.Globalization;
using AlignOps.Benchmarks.Deployments;
using AlignOps.Benchmarks.Loop;
using AlignOps.Benchmarks.Proofs.Real;
using AlignOps.Host.Cli;
using AlignOps.Host.Hosting;
using AlignOps.Models.Cpu;

namespace AlignOps.Benchmarks.Proofs;

/// <summary><c>loop.real</c>: real people's preferences, taken in whole and learned, measured on conversations the policy never saw.</summary>
internal sealed class RealProof : IProof
{
    private const string FileName = "hh-rlhf-harmless-base-test.jsonl.gz";
    private const int Rows = 2312;
    private const int Folds = 5;

    public string Name => "loop.real";

    public string Claim => "every real pair is accounted for, and RRHF raises preference accuracy on held-out conversations (5 folds, paired, 95 % lower bound above 0)";

    public async Task<bool> HoldsAsync(Arguments arguments, CancellationToken cancellationToken)
    {
        var file = Path.Combine(arguments.Data ?? ".", FileName);
        if (!File.Exists(file))
        {
            Console.WriteLine($"There is no {Path.GetFullPath(file)}; name its folder with --data (Anthropic HH-RLHF, harmless-base, test split).");
            return false;
        }

        var accounted = await PushAsync(file, cancellationToken);
        return await LearnAsync(await PairFile.ReadAsync(file, cancellationToken), cancellationToken) && accounted;
    }

    private static async Task<bool> PushAsync(string file, CancellationToken cancellationToken)
    {
        using var folder = new ProofFolder { Keep = false };
        var pipelines = TinyWorld.WritePipeline(folder.Below("pipelines"));
        await using var server = await AlignOpsServer.StartAsync(new HostSettings(folder.Below("state"), pipelines, "http://127.0.0.1:0"), cancellationToken);
        var report = await new LoopClient(_ => server.Url).PushAsync(
            TinyWorld.Pipeline, FileName, await File.ReadAllBytesAsync(file, cancellationToken), null, cancellationToken);
        string[] verdicts = ["accepted", "duplicate", "quarantined", "rejected"];
        var total = verdicts.Sum(verdict => report.GetProperty(verdict).GetInt32());
        Console.WriteLine($"pushed {FileName}: {string.Join(", ", verdicts.Select(verdict => $"{report.Text(verdict)} {verdict}"))}; {total} of {Rows} accounted for; {report.Text("byReason")}");
        return total == Rows && report.GetProperty("rows").GetInt32() == Rows;
    }

    private static async Task<bool> LearnAsync(IReadOnlyList<PreferencePair> pairs, CancellationToken cancellationToken)
    {
        var recipe = new RealRecipe();
        List<(string Cluster, double Before, double After)> outcomes = [];
        double words = 0, longer = 0;
        var cut = new Truncation();
        for (var fold = 0; fold < Folds; fold++)
        {
            PreferencePair[] training = [.. pairs.Where(pair => pair.Fold(Folds) != fold)];
            PreferencePair[] heldOut = [.. pairs.Where(pair => pair.Fold(Folds) == fold)];
            using var folder = new ProofFolder { Keep = false };
            var policy = new FoldPolicy(new CpuPolicyEngine(), recipe, training, folder.Below("fold"));
            var examples = heldOut.Select(policy.Encoder.Comparison).ToArray();
            var before = await policy.BeforeAsync(examples, cancellationToken);
            var after = await policy.AfterAsync(examples, cancellationToken);
            outcomes.AddRange(heldOut.Select((pair, i) => (pair.Opening, before[i], after[i])));
            var baseline = BagOfWords.Train(training);
            words += heldOut.Sum(baseline.Right);
            longer += heldOut.Sum(pair => PairScores.Right(pair.Chosen.Length, pair.Rejected.Length));
            cut = cut.Plus(policy.Encoder.Count(heldOut));
            Console.WriteLine($"fold {fold + 1}: {training.Length} pairs learned, {heldOut.Length} held out; accuracy before {Share(before.Average())}, after {Share(after.Average())}");
        }

        var difference = PairedDifference.Of(outcomes, recipe.Seed);
        Console.WriteLine($"all {outcomes.Count} held-out pairs: before {Share(outcomes.Average(o => o.Before))}, after {Share(outcomes.Average(o => o.After))}; "
            + $"difference {Share(difference.Mean)} ± {Share(difference.StandardError)}, 95 % lower bound {Share(difference.Normal)} (by conversation {Share(difference.Bootstrap)}); "
            + $"{difference.Gained} gained, {difference.Lost} lost");
        Console.WriteLine($"beside it: longer wins {Share(longer / outcomes.Count)}, bag of words {Share(words / outcomes.Count)}");
        Console.WriteLine($"cut: {cut.CutPrompts} of {cut.Pairs} prompts ({cut.CutPromptTokens} of {cut.PromptTokens} tokens), {cut.CutAnswers} of {2 * cut.Pairs} answers ({cut.CutAnswerTokens} of {cut.AnswerTokens} tokens)");
        return difference.Positive;
    }

    private static string Share(double value) => value.ToString("0.0000", CultureInfo.InvariantCulture);
}
