using MassTransit;

namespace AlignOps.Contracts.Runs;

/// <summary>A person asked for a run outside batches and schedule.</summary>
[HandledBy("pipelines")]
[EntityName("alignops.run-requested")]
[MessageUrn("alignops:run-requested")]
public sealed record RunRequested(string Pipeline, string RequestId, string RequestedBy);
