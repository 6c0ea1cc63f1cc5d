namespace AlignOps.Benchmarks.Suites;

/// <summary>A set of figures measured in one run.</summary>
internal interface ISuite
{
    string Name { get; }

    Task<IReadOnlyList<Figure>> MeasureAsync(Arguments arguments, CancellationToken cancellationToken);
}
