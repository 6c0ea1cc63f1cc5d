using AlignOps.Contracts.Evidence;

namespace AlignOps.Evaluation.League;

/// <summary>A run with the comparisons that its evidence holds.</summary>
internal sealed record PlayedRun(string RunId, string Digest, EvidenceFile Evidence);
