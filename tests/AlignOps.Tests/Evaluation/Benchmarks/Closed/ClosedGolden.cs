using System.Text.Json;
using AlignOps.Evaluation.Benchmarks;
using AlignOps.Evaluation.Benchmarks.Metrics;

namespace AlignOps.Tests.Evaluation.Benchmarks.Closed;

/// <summary>Runs the items of closed.json through the runner and sets each value beside what lm-evaluation-harness' own code computed.</summary>
internal static class ClosedGolden
{
    public static JsonElement Read()
    {
        using var stream = typeof(ClosedGolden).Assembly.GetManifestResourceStream("closed.json")!;
        using var document = JsonDocument.Parse(stream);
        return document.RootElement.Clone();
    }

    public static IEnumerable<Comparison> Choice(JsonElement golden)
    {
        JsonElement[] items = [.. golden.GetProperty("choice").EnumerateArray()];
        var result = Run(items.Select((item, i) => new ChoiceItem(
            $"{i}", "all", null, item.GetProperty("context").GetString()!, [.. item.GetProperty("choices").EnumerateArray().Select(one => one.GetString()!)], [item.GetProperty("gold").GetInt32()])));
        foreach (var (item, ours) in items.Zip(result.Items))
        {
            double[] logs = (double[])ours.Outputs["log_likelihoods"];
            foreach (var (log, i) in item.GetProperty("log_likelihoods").EnumerateArray().Select((log, i) => (log.GetDouble(), i)))
            {
                yield return new Comparison($"choice {ours.Item.Id} log-likelihood {i}", logs[i], log);
            }

            foreach (var comparison in Metrics($"choice {ours.Item.Id}", item, ours.Metrics))
            {
                yield return comparison;
            }
        }

        var accuracy = result.All.Single(metric => metric.Name == "acc");
        yield return new Comparison("acc", accuracy.Value, golden.GetProperty("acc").GetDouble());
        yield return new Comparison("acc stderr", accuracy.StandardError!.Value, golden.GetProperty("acc_stderr").GetDouble());
    }

    public static IEnumerable<Comparison> Pairs(JsonElement golden)
    {
        JsonElement[] items = [.. golden.GetProperty("pairs").EnumerateArray()];
        var result = Run(items.Select((item, i) => new PairItem($"{i}", "all", null, item.GetProperty("sent_more").GetString()!, item.GetProperty("sent_less").GetString()!)));
        return items.Zip(result.Items).SelectMany(pair => Metrics($"pair {pair.Second.Item.Id}", pair.First, pair.Second.Metrics));
    }

    public static IEnumerable<Comparison> Texts(JsonElement golden)
    {
        JsonElement[] items = [.. golden.GetProperty("texts").GetProperty("items").EnumerateArray()];
        var result = Run(items.Select((item, i) => new PerplexityItem($"{i}", "all", null, item.GetProperty("text").GetString()!)));
        return
        [
            .. items.Zip(result.Items, (item, ours) => new Comparison($"text {ours.Item.Id}", ours.Units!.LogLikelihood, item.GetProperty("log_likelihood").GetDouble())),
            .. golden.GetProperty("texts").GetProperty("metrics").EnumerateObject().Select(metric => new Comparison(metric.Name, result.All.Single(one => one.Name == metric.Name).Value, metric.Value.GetDouble())),
        ];
    }

    /// <param name="gsm8k">The filters and the match of the format <c>gsm8k</c>.</param>
    public static IEnumerable<Comparison> Answers(JsonElement golden, Benchmark gsm8k)
    {
        foreach (var item in golden.GetProperty("answers").GetProperty("gsm8k").EnumerateArray())
        {
            var (answer, target) = (item.GetProperty("answer").GetString()!, item.GetProperty("target").GetString()!);
            foreach (var filter in gsm8k.Filters)
            {
                var extracted = filter.Apply(answer);
                yield return new Comparison($"{filter.Name} of '{answer}'", extracted == item.GetProperty("extracted").GetProperty(filter.Name).GetString() ? 1 : 0, 1);
                yield return new Comparison($"{filter.Name} of '{answer}' against '{target}'", gsm8k.Match.Matches(extracted, [target]) ? 1 : 0, item.GetProperty("metrics").GetProperty(filter.Name).GetDouble());
            }
        }

        foreach (var item in golden.GetProperty("answers").GetProperty("plain").EnumerateArray())
        {
            bool Option(string name) => item.GetProperty("options").TryGetProperty(name, out _);
            var match = new ExactMatch { IgnoreCase = Option("ignore_case"), IgnorePunctuation = Option("ignore_punctuation"), IgnoreNumbers = Option("ignore_numbers") };
            yield return new Comparison($"match {item}", match.Matches(item.GetProperty("answer").GetString()!, [item.GetProperty("target").GetString()!]) ? 1 : 0, item.GetProperty("match").GetDouble());
        }
    }

    private static BenchmarkResult Run(IEnumerable<BenchmarkItem> items) =>
        new BenchmarkRunner(new ByteTrigram(), new ByteTokenizer(), new BenchmarkSettings()).Run(new Benchmark("golden", "golden", "", [.. items]), _ => { }, CancellationToken.None);

    private static IEnumerable<Comparison> Metrics(string what, JsonElement item, IReadOnlyDictionary<string, double> ours) =>
        item.GetProperty("metrics").EnumerateObject().Select(metric => new Comparison($"{what} {metric.Name}", ours[metric.Name], metric.Value.GetDouble()));
}
