using MassTransit;

namespace AlignOps.Contracts.Runs;

/// <summary>A step of a run ended without its result; <c>Code</c> is stable, <c>Reason</c> is for people.</summary>
[EntityName("alignops.step-failed")]
[MessageUrn("alignops:step-failed")]
public sealed record StepFailed(string RunId, string Step, string Code, string Reason);
