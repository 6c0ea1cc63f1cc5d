using MassTransit;

namespace AlignOps.Contracts.Runs;

/// <summary>A candidate's adapter and its metrics file stand in the blob store.</summary>
[EntityName("alignops.candidate-trained")]
[MessageUrn("alignops:candidate-trained")]
public sealed record CandidateTrained(string RunId, ModelRef Candidate, string MetricsDigest, int Steps, long Tokens);
