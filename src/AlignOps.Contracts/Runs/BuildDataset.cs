using MassTransit;

namespace AlignOps.Contracts.Runs;

/// <summary>Build the dataset version of a run: the new batches, replayed learned batches, and synthetic rows up to the mix's cap. Handled by Intake.</summary>
[HandledBy("intake")]
[EntityName("alignops.build-dataset")]
[MessageUrn("alignops:build-dataset")]
public sealed record BuildDataset(string RunId, string Pipeline, string DefinitionDigest, IReadOnlyList<string> BatchIds, IReadOnlyList<string> ReplayBatchIds, string? SyntheticDigest, long Seed);
