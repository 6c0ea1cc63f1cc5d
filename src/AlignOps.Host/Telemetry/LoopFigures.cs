using System.Diagnostics.Metrics;

namespace AlignOps.Host.Telemetry;

/// <summary>One reading of the loop.</summary>
internal sealed record LoopFigures
{
    public IReadOnlyList<Measurement<long>> Ended { get; init; } = [];

    public IReadOnlyList<Measurement<long>> Active { get; init; } = [];

    public IReadOnlyList<Measurement<double>> Quiet { get; init; } = [];

    public IReadOnlyList<Measurement<long>> Batches { get; init; } = [];

    public IReadOnlyList<Measurement<long>> Decisions { get; init; } = [];

    public IReadOnlyList<Measurement<long>> Changes { get; init; } = [];

    public IReadOnlyList<Measurement<long>> Versions { get; init; } = [];

    public IReadOnlyList<Measurement<long>> Judges { get; init; } = [];
}
