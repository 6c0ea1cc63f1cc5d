using AlignOps.Evaluation.Benchmarks.Asking;
using AlignOps.Evaluation.Benchmarks.Metrics;
using AlignOps.Models.Policies;
using AlignOps.Models.Tokenization;

namespace AlignOps.Evaluation.Benchmarks;

/// <summary>Puts a model through a benchmark. The same model, benchmark and settings give the same result.</summary>
public sealed class BenchmarkRunner(IPolicyModel model, ITokenizer tokenizer, BenchmarkSettings settings)
{
    private const int ItemsAtOnce = 32;

    /// <param name="progress">Told the number of items done.</param>
    public BenchmarkResult Run(Benchmark benchmark, Action<int> progress, CancellationToken cancellationToken)
    {
        List<ItemResult> results = [];
        foreach (var chunk in Results(benchmark, cancellationToken))
        {
            results.AddRange(chunk);
            progress(results.Count);
        }

        return new BenchmarkResult(benchmark, results, MetricTable.Of(results, settings.Seed), MetricTable.BySlice(results, settings.Seed)) { Guards = benchmark.Items[0] is CodeItem ? settings.Code.Guards : null };
    }

    /// <summary>Item by item in their order, some at a time.</summary>
    internal IEnumerable<IReadOnlyList<ItemResult>> Results(Benchmark benchmark, CancellationToken cancellationToken)
    {
        var asker = new ItemAsker(model, tokenizer, benchmark, settings, new ItemQuestions(benchmark, settings));
        return benchmark.Items.Take(settings.Limit ?? int.MaxValue).Chunk(ItemsAtOnce).Select(chunk => (IReadOnlyList<ItemResult>)[.. asker.Ask(chunk, cancellationToken)]);
    }
}
