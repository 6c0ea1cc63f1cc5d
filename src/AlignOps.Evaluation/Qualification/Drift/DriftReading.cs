namespace AlignOps.Evaluation.Qualification.Drift;

/// <summary>What came of asking a judge again about its frozen pairs.</summary>
/// <param name="Finding">Null where too few games were answered to compare.</param>
/// <param name="Games">Pairs and orders that were to be asked about.</param>
/// <param name="Failed">Calls that failed, by outcome.</param>
internal sealed record DriftReading(DriftFinding? Finding, int Games, IReadOnlyDictionary<string, int> Failed);
