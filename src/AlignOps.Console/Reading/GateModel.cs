namespace AlignOps.WebConsole.Reading;

/// <summary>All that a gate's page shows.</summary>
/// <param name="Gate">Null where no gate has decided.</param>
/// <param name="People">Null where people were not asked, or evaluation does not answer.</param>
/// <param name="Style">Null where no pairs of answers were judged, or evaluation does not answer.</param>
public sealed record GateModel(RunLine Run, GateRecord? Gate, IReadOnlyList<SliceInterval> Slices, EvidenceCurve? Evidence, PeopleFigures? People, StyleFigures? Style, DateTimeOffset Now);
