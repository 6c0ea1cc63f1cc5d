using MassTransit;

namespace AlignOps.Contracts.Batches;

/// <summary>A person let a held batch back into the mix.</summary>
[EntityName("alignops.batch-released")]
[MessageUrn("alignops:batch-released")]
public sealed record BatchReleased(string BatchId, string Pipeline, string ReleasedBy, string Reason);
