namespace AlignOps.Evaluation.Benchmarks.Formats;

/// <summary>A way to write benchmark items down.</summary>
/// <param name="Keys">What its rows look like, for people.</param>
/// <param name="Read">The item of a row, null where the row is not of this format. The id and the slice are the reader's affair.</param>
/// <param name="Ask">How its items are asked and matched.</param>
internal sealed record BenchmarkFormat(string Name, string Keys, Func<ItemFields, ItemPlace, BenchmarkItem?> Read, Func<Benchmark, Benchmark> Ask);
