using System.Globalization;
using AlignOps.Benchmarks.Deployments;
using AlignOps.Benchmarks.Loop;
using AlignOps.Benchmarks.Proofs.Real;
using AlignOps.Host.Cli;
using AlignOps.Host.Hosting;
using AlignOps.Models.Cpu;
using AlignOps.Training.Examples;

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
        var data = arguments.Data ?? ".";
        var file = Path.Combine(data, FileName);
        string[] missing = [.. GeneralDialogues.Files.Prepend(FileName).Where(name => !File.Exists(Path.Combine(data, name)))];
        if (missing is not [])
        {
            Console.WriteLine($"There is no {string.Join(", ", missing)} in {Path.GetFullPath(data)}; name the folder with --data (HH-RLHF's harmless-base test split, FLASK's items and answers).");
            return false;
        }

        var accounted = await PushAsync(file, cancellationToken);
        return await LearnAsync(await PairFile.ReadAsync(file, cancellationToken), data, cancellationToken) && accounted;
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

    private static async Task<bool> LearnAsync(IReadOnlyList<PreferencePair> pairs, string data, CancellationToken cancellationToken)
    {
        var recipe = new RealRecipe();
        using var folder = new ProofFolder { Keep = false };
        var dialogues = GeneralDialogues.Read(data);
        var policy = await RealPolicy.TrainBaseAsync(new CpuPolicyEngine(), recipe, dialogues, folder.Below("policy"), cancellationToken);
        Console.WriteLine($"base trained on {dialogues.Count} general dialogues; it has seen no pair");
        List<Outcome> outcomes = [];
        for (var fold = 0; fold < Folds; fold++)
        {
            PreferencePair[] training = [.. pairs.Where(pair => pair.Fold(Folds) != fold)];
            PreferencePair[] heldOut = [.. pairs.Where(pair => pair.Fold(Folds) == fold)];
            TrainingExample[] learned = [.. training.Select(policy.Encoder.Comparison)], examples = [.. heldOut.Select(policy.Encoder.Comparison)];
            var coin = new Random(fold);
            TrainingExample[] tossed = [.. learned.Select(pair => coin.Next(2) == 0 ? pair : PairEncoder.Turned(pair))];
            var before = policy.Before(examples, cancellationToken);
            var after = await policy.AfterAsync($"fold-{fold}", learned, examples, cancellationToken);
            var control = await policy.AfterAsync($"control-{fold}", tossed, examples, cancellationToken);
            var baseline = BagOfWords.Train(training);
            outcomes.AddRange(heldOut.Select((pair, i) => new Outcome(
                pair.Opening, before[i], after[i], control[i], PairScores.Right(pair.Chosen.Length, pair.Rejected.Length), baseline.Right(pair))));
            Console.WriteLine($"fold {fold + 1}: {training.Length} pairs learned, {heldOut.Length} held out; accuracy before {Share(before.Average())}, after {Share(after.Average())}, "
                + $"after tossed preferences {Share(control.Average())}");
        }

        var cut = policy.Encoder.Count(pairs);
        var difference = PairedDifference.Of([.. outcomes.Select(o => (o.Source, o.Before, o.After))], recipe.Seed);
        var order = PairedDifference.Of([.. outcomes.Select(o => (o.Source, o.Control, o.After))], recipe.Seed);
        Console.WriteLine($"all {outcomes.Count} held-out pairs: before {Share(outcomes.Average(o => o.Before))}, after {Share(outcomes.Average(o => o.After))}; {Told(difference)}");
        Console.WriteLine($"against the same training with each preference tossed ({Share(outcomes.Average(o => o.Control))}): {Told(order)}");
        Console.WriteLine($"beside it: longer wins {Share(outcomes.Average(o => o.Longer))}, bag of words {Share(outcomes.Average(o => o.Words))}");
        Console.WriteLine($"cut: {cut.CutPrompts} of {cut.Pairs} prompts ({cut.CutPromptTokens} of {cut.PromptTokens} tokens), {cut.CutAnswers} of {2 * cut.Pairs} answers ({cut.CutAnswerTokens} of {cut.AnswerTokens} tokens)");
        return difference.Positive;
    }

    private static string Told(PairedDifference difference) =>
        $"difference {Share(difference.Mean)} ± {Share(difference.StandardError)}, 95 % lower bound {Share(difference.Normal)} (by conversation {Share(difference.Bootstrap)}), "
        + $"{difference.Gained} gained, {difference.Lost} lost";

    private static string Share(double value) => value.ToString("0.0000", CultureInfo.InvariantCulture);

    /// <summary>One held-out pair: 1 where the preferred answer is put first, 1/2 where neither is, else 0.</summary>
    private sealed record Outcome(string Source, double Before, double After, double Control, double Longer, double Words);
}
