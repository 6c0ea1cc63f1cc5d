using System.Globalization;
using System.Text.Json;
using AlignOps.Benchmarks.Deployments;
using AlignOps.Host.Commands;
using AlignOps.Tests.Rewards.Instructions;

namespace AlignOps.Benchmarks.Proofs.Instructions;

/// <summary><c>eval.instructions</c>: followed instructions are what lm-evaluation-harness' ifeval task says they are.</summary>
internal sealed class InstructionsProof : IProof
{
    private static readonly string[] Accuracies = ["prompt_level_strict_acc", "inst_level_strict_acc", "prompt_level_loose_acc", "inst_level_loose_acc"];

    public string Name => "eval.instructions";

    public string Claim => "600 rows in IFEval's format, scored by one command: every instruction, strict and loose, and all four accuracies as lm-evaluation-harness' own ifeval code has them";

    public async Task<bool> HoldsAsync(Arguments arguments, CancellationToken cancellationToken)
    {
        var golden = InstructionGolden.Read();
        var differences = golden.Differences().ToList();
        var kinds = golden.Rows.SelectMany(row => row.Value.GetProperty("instruction_id_list").EnumerateArray().Select(id => id.GetString()!)).ToList();
        Console.WriteLine($"{golden.Rows.Count} rows, {kinds.Count} instructions of {kinds.Distinct().Count()} kinds, strict and loose: {differences.Count} differ");
        foreach (var difference in differences.Take(5))
        {
            Console.WriteLine($"    {difference}");
        }

        using var folder = new ProofFolder { Keep = false };
        string rows = folder.Below("ifeval.jsonl"), answers = folder.Below("answers.jsonl"), output = folder.Below("results.jsonl");
        await File.WriteAllLinesAsync(rows, golden.Rows.Select(row => row.Value.GetRawText()), cancellationToken);
        await File.WriteAllLinesAsync(answers, golden.Rows.Select(row => JsonSerializer.Serialize(new { id = row.Value.GetProperty("key").GetInt32(), answer = row.Response })), cancellationToken);
        var code = await EvaluateCommand.Create().Parse([rows, "--answers", answers, "--output", output]).InvokeAsync(cancellationToken: cancellationToken);
        var lines = (await File.ReadAllLinesAsync(output, cancellationToken)).Select(line => JsonSerializer.Deserialize<JsonElement>(line)).ToList();
        var holds = code == 0 && differences.Count == 0 && lines.Count == golden.Rows.Count;
        foreach (var accuracy in Accuracies)
        {
            double weight = 0, sum = 0;
            foreach (var line in lines)
            {
                var count = accuracy.StartsWith("inst", StringComparison.Ordinal) ? line.GetProperty("outputs").GetProperty("strict").GetArrayLength() : 1;
                (weight, sum) = (weight + count, sum + count * line.GetProperty("metrics").GetProperty(accuracy).GetDouble());
            }

            var theirs = golden.All.GetProperty(accuracy).GetDouble();
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"    {accuracy,-26} {sum / weight:0.000000}  lm-evaluation-harness {theirs:0.000000}"));
            holds &= Math.Abs(sum / weight - theirs) < 1e-12;
        }

        return holds;
    }
}
