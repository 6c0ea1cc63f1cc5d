namespace AlignOps.WebConsole.Reading;

/// <summary>All that the page of the people's queue shows.</summary>
/// <param name="Rounds">Null where evaluation does not answer.</param>
public sealed record LabelsModel(IReadOnlyList<LabelRound>? Rounds, DateTimeOffset Now);
