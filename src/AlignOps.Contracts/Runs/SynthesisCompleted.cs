using MassTransit;

namespace AlignOps.Contracts.Runs;

/// <summary>Ranked synthetic rows stand in the blob store; <c>Note</c> says in a sentence why there are few or none.</summary>
[EntityName("alignops.synthesis-completed")]
[MessageUrn("alignops:synthesis-completed")]
public sealed record SynthesisCompleted(string RunId, string SyntheticDigest, int Rows, string? Note);
