using AlignOps.Data;
using AlignOps.Data.Content;
using AlignOps.Evaluation.Benchmarks;
using AlignOps.Evaluation.Benchmarks.Formats;
using AlignOps.Evaluation.Definition;

namespace AlignOps.Evaluation.Suites;

/// <summary>Reads a benchmark as a suite of a pipeline.</summary>
internal static class ClosedSuiteReader
{
    public static async Task<BenchmarkReading> ReadAsync(byte[] content, SuiteSection suite, CancellationToken cancellationToken)
    {
        try
        {
            var reading = await BenchmarkReader.ReadAsync(new MemoryStream(content, writable: false), suite.Name, null, cancellationToken);
            return reading.Benchmark is { } benchmark && Fault(benchmark, suite) is { } fault ? new BenchmarkReading(null, [fault]) : reading;
        }
        catch (ContentException fault)
        {
            return new BenchmarkReading(null, [fault.Message]);
        }
    }

    /// <summary>The metric that an item's score is: the suite's, or the kind's usual one.</summary>
    public static string Metric(Benchmark benchmark, SuiteSection suite) => suite.Metric ?? suite.Kind.Metrics().FirstOrDefault() ?? Metrics(benchmark)[0];

    public static SuiteItem Item(BenchmarkItem item) => new(item.Id, item.Slice, item.Cluster, [new ChatMessage("user", Question(item))], null);

    private static string? Fault(Benchmark benchmark, SuiteSection suite)
    {
        if (Kind(benchmark.Items[0]) is var kind && kind != suite.Kind) return $"its items are of kind {kind.Name()} (format {benchmark.Format}), not {suite.Kind.Name()}.";
        return suite.Kind == SuiteKind.ExactMatch && suite.Metric is { } metric && !Metrics(benchmark).Contains(metric)
            ? $"its format {benchmark.Format} has no metric {metric}; it has {string.Join(", ", Metrics(benchmark))}."
            : null;
    }

    private static string[] Metrics(Benchmark benchmark) => [.. benchmark.Filters.Select(filter => filter.Name.Length == 0 ? "exact_match" : $"exact_match,{filter.Name}")];

    public static SuiteKind Kind(BenchmarkItem item) => item switch
    {
        ChoiceItem => SuiteKind.MultipleChoice,
        ExactItem => SuiteKind.ExactMatch,
        PairItem => SuiteKind.PairLikelihood,
        InstructionItem or CodeItem => SuiteKind.Open,
        _ => SuiteKind.Perplexity,
    };

    private static string Question(BenchmarkItem item) => item switch
    {
        ChoiceItem choice => choice.Context,
        WrittenItem written => written.Prompt,
        PairItem pair => $"{pair.MoreStereotyped}\n{pair.LessStereotyped}",
        _ => ((PerplexityItem)item).Text,
    };
}
