using MassTransit;

namespace AlignOps.Contracts.Runs;

/// <summary>Let candidate, champion and anchor answer the suites, and judge the answers in both orders. Handled by Evaluation.</summary>
/// <param name="DatasetDigest">What the candidate was trained on; its held-out rows may judge too.</param>
[HandledBy("evaluation")]
[EntityName("alignops.evaluate-candidate")]
[MessageUrn("alignops:evaluate-candidate")]
public sealed record EvaluateCandidate(string RunId, string Pipeline, string DefinitionDigest, ModelRef Candidate, ModelRef Champion, ModelRef Anchor, long Seed, string? DatasetDigest = null);
