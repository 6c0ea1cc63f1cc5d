using System.Text.Json;
using AlignOps.Evaluation.Benchmarks.Metrics;

namespace AlignOps.Evaluation.Benchmarks;

/// <summary>Scores answers that were written elsewhere: JSONL of <c>{"id", "answer"}</c>, further keys ignored.</summary>
public static class StoredAnswers
{
    /// <summary>Answers by id, or the faults of the file.</summary>
    public static (IReadOnlyDictionary<string, string> Answers, IReadOnlyList<string> Faults) Read(string text)
    {
        var answers = new Dictionary<string, string>(StringComparer.Ordinal);
        List<string> faults = [];
        foreach (var (line, number) in text.TrimStart('\uFEFF').Split('\n').Select((line, i) => (line, i + 1)).Where(one => !string.IsNullOrWhiteSpace(one.line)))
        {
            if (Parse(line) is not var (id, answer)) faults.Add($"line {number}: not an object with id and answer.");
            else if (!answers.TryAdd(id, answer)) faults.Add($"line {number}: id {id} has an answer already.");
        }

        return (answers, faults);
    }

    /// <summary>An item without an answer is unscored; an answer without an item is passed over.</summary>
    /// <exception cref="ArgumentException">The benchmark's answers are not written but chosen.</exception>
    public static BenchmarkResult Score(Benchmark benchmark, IReadOnlyDictionary<string, string> answers, BenchmarkSettings settings, CancellationToken cancellationToken)
    {
        if (benchmark.Items[0] is not WrittenItem) throw new ArgumentException("Its answers are likelihoods and not texts, so they cannot be scored without the model.", nameof(benchmark));
        var scoring = new AnswerScoring(benchmark, settings);
        List<ItemResult> results = [];
        foreach (var item in benchmark.Items.Take(settings.Limit ?? int.MaxValue).Cast<WrittenItem>())
        {
            cancellationToken.ThrowIfCancellationRequested();
            results.Add(answers.TryGetValue(item.Id, out var answer) ? scoring.Score(item, answer) : ItemResult.NotScored(item, "The file of answers has none for it."));
        }

        return new BenchmarkResult(benchmark, results, MetricTable.Of(results, settings.Seed), MetricTable.BySlice(results, settings.Seed)) { Guards = benchmark.Items[0] is CodeItem ? settings.Code.Guards : null };
    }

    private static (string Id, string Answer)? Parse(string line)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            var row = document.RootElement;
            if (row.ValueKind != JsonValueKind.Object || !row.TryGetProperty("id", out var id) || !row.TryGetProperty("answer", out var answer) || answer.ValueKind != JsonValueKind.String) return null;
            return id.ValueKind switch
            {
                JsonValueKind.String => (id.GetString()!, answer.GetString()!),
                JsonValueKind.Number => (id.GetRawText(), answer.GetString()!),
                _ => null,
            };
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
