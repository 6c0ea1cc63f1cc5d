using System.Text.RegularExpressions;
using AlignOps.Data;
using AlignOps.Rewards.Instructions;

namespace AlignOps.Evaluation.Benchmarks.Metrics;

/// <summary>From what a model wrote to an item's result.</summary>
internal sealed class AnswerScoring(Benchmark benchmark, BenchmarkSettings settings)
{
    public ItemResult Score(WrittenItem item, string answer) => item switch
    {
        InstructionItem instructions => Followed(instructions, answer),
        CodeItem code => Run(code, answer),
        _ => Match((ExactItem)item, answer),
    };

    private ItemResult Match(ExactItem item, string answer)
    {
        try
        {
            var extracted = benchmark.Filters.Select(filter => (filter.Name, Answer: filter.Apply(answer))).ToList();
            var metrics = extracted.ToDictionary(one => one.Name.Length == 0 ? "exact_match" : $"exact_match,{one.Name}", one => benchmark.Match.Matches(one.Answer, item.Targets) ? 1.0 : 0.0);
            return Result(item, metrics, [("answer", answer), .. extracted.Select(one => (one.Name.Length == 0 ? "extracted" : one.Name, (object)one.Answer))]);
        }
        catch (RegexMatchTimeoutException)
        {
            return ItemResult.NotScored(item, "A pattern took longer than a second on the answer.");
        }
    }

    /// <summary>By IFEval's four accuracies: of prompts with all instructions followed, and of instructions; strictly, and in any of eight forms of the answer.</summary>
    private static ItemResult Followed(InstructionItem item, string answer)
    {
        IReadOnlyList<bool> strict = InstructionFollowing.Strict(item.Instructions, answer), loose = InstructionFollowing.Loose(item.Instructions, answer);
        var metrics = new Dictionary<string, double>
        {
            ["prompt_level_strict_acc"] = strict.All(one => one) ? 1 : 0,
            ["inst_level_strict_acc"] = Share(strict),
            ["prompt_level_loose_acc"] = loose.All(one => one) ? 1 : 0,
            ["inst_level_loose_acc"] = Share(loose),
        };
        return Result(item, metrics, [("answer", answer), ("instructions", item.Instructions.Select(one => one.Id).ToArray()), ("strict", strict), ("loose", loose)]) with
        {
            Weights = new Dictionary<string, int> { ["inst_level_strict_acc"] = strict.Count, ["inst_level_loose_acc"] = loose.Count },
        };
    }

    private ItemResult Run(CodeItem item, string answer)
    {
        var found = settings.Code.Verify([new ChatMessage("user", item.Prompt)], answer, item.Expect);
        return found.Score is { } score
            ? Result(item, new Dictionary<string, double> { ["pass"] = found.Passes ? 1 : 0, ["tests_passed"] = score }, [("answer", answer), ("state", found.Note!)])
            : ItemResult.NotScored(item, found.UnscoredReason!);
    }

    private static double Share(IReadOnlyList<bool> followed) => followed.Average(one => one ? 1.0 : 0.0);

    private static ItemResult Result(WrittenItem item, IReadOnlyDictionary<string, double> metrics, IReadOnlyList<(string Name, object Value)> outputs) =>
        new(item, metrics, outputs.ToDictionary(one => one.Name, one => one.Value, StringComparer.Ordinal), null, false, null);
}
