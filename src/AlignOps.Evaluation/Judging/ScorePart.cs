namespace AlignOps.Evaluation.Judging;

/// <summary>A score on one skill, or of one turn.</summary>
/// <param name="Value">Null where the judge says that it does not apply.</param>
internal sealed record ScorePart(string Name, double? Value);
