using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using AlignOps.Benchmarks.Deployments;
using AlignOps.Benchmarks.Loop;
using AlignOps.Evaluation.Comparisons;
using AlignOps.Host.Commands;
using AlignOps.Statistics.Slices;

namespace AlignOps.Benchmarks.Proofs.RealEvaluation;

/// <summary><c>eval.real</c>: real benchmarks on the example's policy by the command that anyone has, and two real models' answers compared slice by slice.</summary>
internal sealed class RealEvaluationProof : IProof
{
    public string Name => "eval.real";

    public string Claim => "GSM8K and CrowS-Pairs run on the example's policy by one command, every item accounted for; FLASK's answers of two models are compared per skill, domain and difficulty";

    public async Task<bool> HoldsAsync(Arguments arguments, CancellationToken cancellationToken)
    {
        if (arguments.Data is not { } data || !Directory.Exists(data))
        {
            Console.WriteLine("Name the folder of files with --data.");
            return false;
        }

        var directory = await SupportWorld.BaseAsync(cancellationToken);
        using var folder = new ProofFolder { Keep = false };
        var holds = await CommandAsync(Path.Combine(data, "gsm8k-test.jsonl.gz"), directory, folder.Below("gsm8k.jsonl"), 1319, ["--max-new-tokens", "48"])
            & await CommandAsync(Path.Combine(data, "crows_pairs_anonymized.csv.gz"), directory, folder.Below("crows.jsonl"), 1508, []);
        return await FlaskAsync(data, cancellationToken) && holds;
    }

    /// <summary><c>alignops evaluate FILE --model DIR --output FILE</c>, in this process.</summary>
    private static async Task<bool> CommandAsync(string file, string model, string output, int items, string[] more)
    {
        var watch = Stopwatch.StartNew();
        var code = await EvaluateCommand.Create().Parse([file, "--model", model, "--output", output, .. more]).InvokeAsync();
        string[] lines = await File.ReadAllLinesAsync(output);
        var scored = lines.Count(line => JsonDocument.Parse(line).RootElement.GetProperty("unscored").ValueKind == JsonValueKind.Null);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"    exit {code}; {lines.Length} lines of results, {scored} scored, {lines.Length - scored} unscored with a reason, in {watch.Elapsed.TotalSeconds:0} s"));
        return code == 0 && lines.Length == items && scored > 0;
    }

    private static async Task<bool> FlaskAsync(string data, CancellationToken cancellationToken)
    {
        var (pairs, unanswered) = await FlaskPairs.ReadAsync(data, "vicuna_13b", "llama2_chat_70b", cancellationToken);
        var report = await new AnswerComparison(new OverlapJudge()).RunAsync(pairs, cancellationToken);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"FLASK, vicuna-13b against llama2-chat-70b by a script (overlap with the reference, which says nothing of quality): {pairs.Count} items, {unanswered} more that the models did not answer, {report.Unscored} unscored, {report.Inconsistent} inconsistent, win rate {report.WinRate.WinRate:0.0000} ± {report.WinRate.StandardError:0.0000} [{report.Lower:0.0000}, {report.Upper:0.0000}]"));
        foreach (var slice in report.Slices)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"    {slice.Name,-40} n {slice.Units,5}  win rate {slice.Mean:0.0000}  {slice.Standing}"));
        }

        string[] dimensions = ["skill", "domain", "difficulty"];
        return report.Outcomes.Count + unanswered == 1740 && dimensions.All(dimension => report.Slices.Count(slice => slice.Name.StartsWith(dimension + "/", StringComparison.Ordinal)) > 1)
            && report.Slices.Any(slice => slice.Standing != SliceStanding.Inconclusive);
    }
}
