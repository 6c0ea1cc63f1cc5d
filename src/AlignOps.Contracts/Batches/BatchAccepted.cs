using MassTransit;

namespace AlignOps.Contracts.Batches;

/// <summary>Intake took a batch in: every row of it has its verdict on record.</summary>
[EntityName("alignops.batch-accepted")]
[MessageUrn("alignops:batch-accepted")]
public sealed record BatchAccepted(string BatchId, string Pipeline, string ContentHash, int AcceptedRows, string PushedBy);
