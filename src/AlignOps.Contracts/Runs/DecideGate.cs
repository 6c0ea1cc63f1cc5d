using MassTransit;

namespace AlignOps.Contracts.Runs;

/// <summary>Apply the pipeline's gate rules to the evidence. Handled by Promotion.</summary>
[HandledBy("promotion")]
[EntityName("alignops.decide-gate")]
[MessageUrn("alignops:decide-gate")]
public sealed record DecideGate(string RunId, string Pipeline, string DefinitionDigest, string DatasetDigest, string EvidenceDigest, ModelRef Candidate, ModelRef Champion, ModelRef Anchor, IReadOnlyList<string> BatchIds);
