using MassTransit;

namespace AlignOps.Contracts.Runs;

/// <summary>A dataset version stands in the blob store; its digest is its identity. <c>WithSynthetic</c> tells the second version of a run from the first.</summary>
[EntityName("alignops.dataset-published")]
[MessageUrn("alignops:dataset-published")]
public sealed record DatasetPublished(string RunId, string DatasetDigest, bool WithSynthetic, int TrainRows, int HeldOutRows, int SyntheticRows);
