using AlignOps.Evaluation.Benchmarks;
using AlignOps.Evaluation.Definition;
using AlignOps.Evaluation.Suites;

namespace AlignOps.Evaluation.Results;

/// <summary>A benchmark's result in the lines that runs write too.</summary>
public static class BenchmarkResults
{
    public static string Write(BenchmarkResult result) => string.Concat(result.Items.Select(item => Line(result.Benchmark, item).Write()));

    private static ResultLine Line(Benchmark benchmark, ItemResult item)
    {
        var kind = ClosedSuiteReader.Kind(item.Item);
        var first = item.Metrics.Count > 0 ? item.Metrics.First() : default;
        return new ResultLine
        {
            Suite = benchmark.Name,
            Kind = kind.Name(),
            SuiteDigest = benchmark.Digest,
            Judge = first.Key,
            Id = item.Item.Id,
            Slice = item.Item.Slice,
            Cluster = item.Item.Cluster,
            Question = ClosedSuiteReader.Item(item.Item).Prompt[^1].Content,
            Model = "policy",
            Answer = item.Outputs.TryGetValue("answer", out var answer) ? (string)answer : "",
            Cut = item.Truncated,
            Score = first.Key is null || kind == SuiteKind.PairLikelihood ? null : first.Value,
            Metrics = new SortedDictionary<string, double>(item.Metrics.ToDictionary(), StringComparer.Ordinal),
            Outputs = item.Outputs,
            Unscored = item.Unscored,
        };
    }
}
