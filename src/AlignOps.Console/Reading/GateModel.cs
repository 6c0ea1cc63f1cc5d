namespace AlignOps.WebConsole.Reading;

/// <summary>All that a gate's page shows.</summary>
/// <param name="Gate">Null where no gate has decided.</param>
public sealed record GateModel(RunLine Run, GateRecord? Gate, IReadOnlyList<SliceInterval> Slices, EvidenceCurve? Evidence, DateTimeOffset Now);
