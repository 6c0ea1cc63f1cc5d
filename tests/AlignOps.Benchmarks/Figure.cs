namespace AlignOps.Benchmarks;

/// <summary>One measured figure, as every suite's <c>--json</c> holds it.</summary>
internal sealed record Figure(string Name, double Value, string Unit);
