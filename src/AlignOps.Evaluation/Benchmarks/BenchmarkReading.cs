namespace AlignOps.Evaluation.Benchmarks;

/// <summary>A benchmark file as read: the benchmark, or what is wrong with the file.</summary>
/// <param name="Faults">Each with its line, where it has one.</param>
public sealed record BenchmarkReading(Benchmark? Benchmark, IReadOnlyList<string> Faults);
