using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace AlignOps.Evaluation.Benchmarks;

/// <summary>
/// A result as JSONL, one item a line: <c>{"benchmark", "digest", "id", "slice", "cluster", "metrics": {…}, "outputs": {…}, "truncated", "unscored"}</c>. It holds no time
/// and no machine: equal results are equal bytes.
/// </summary>
public static class ResultLines
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write(BenchmarkResult result)
    {
        var lines = new StringBuilder();
        foreach (var item in result.Items)
        {
            lines.Append(JsonSerializer.Serialize(
                new
                {
                    benchmark = result.Benchmark.Name,
                    digest = result.Benchmark.Digest,
                    id = item.Item.Id,
                    slice = item.Item.Slice,
                    cluster = item.Item.Cluster,
                    metrics = new SortedDictionary<string, double>(item.Metrics.ToDictionary(), StringComparer.Ordinal),
                    outputs = item.Outputs,
                    truncated = item.Truncated,
                    unscored = item.Unscored,
                },
                Options)).Append('\n');
        }

        return lines.ToString();
    }
}
