using MassTransit;

namespace AlignOps.Contracts.Runs;

/// <summary>Every judgment of the run stands in the blob store as one evidence file.</summary>
/// <param name="Reported">What judges say that decide nothing, in words; null where there are none.</param>
[EntityName("alignops.candidate-evaluated")]
[MessageUrn("alignops:candidate-evaluated")]
public sealed record CandidateEvaluated(string RunId, string EvidenceDigest, int Items, int Unscored, string? Reported = null);
