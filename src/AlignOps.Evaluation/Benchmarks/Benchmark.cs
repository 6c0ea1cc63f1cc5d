using AlignOps.Evaluation.Benchmarks.Metrics;

namespace AlignOps.Evaluation.Benchmarks;

/// <summary>A benchmark as read from a file: items of one kind and how they are asked.</summary>
/// <param name="Format">The format it was read as.</param>
/// <param name="Digest">SHA-256 of the file as it lies: the same exam or not.</param>
/// <param name="Items">In file order; at least one, no two with one id.</param>
public sealed record Benchmark(string Name, string Format, string Digest, IReadOnlyList<BenchmarkItem> Items)
{
    /// <summary>Stands between a context and its answer.</summary>
    public string Delimiter { get; init; } = " ";

    /// <summary>An answer in the model's own words ends before the first of these.</summary>
    public IReadOnlyList<string> Until { get; init; } = [];

    /// <summary>Ways to take the answer out of what was written, each giving a metric of its own; the first is the one to go by.</summary>
    public IReadOnlyList<AnswerFilter> Filters { get; init; } = [AnswerFilter.None];

    /// <summary>When an extracted answer equals a target.</summary>
    public ExactMatch Match { get; init; } = new();
}
