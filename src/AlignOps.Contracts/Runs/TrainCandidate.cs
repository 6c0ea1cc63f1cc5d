using MassTransit;

namespace AlignOps.Contracts.Runs;

/// <summary>Train a candidate on a dataset version, from <c>Start</c>, with <c>Reference</c> as the reference policy. Handled by Training.</summary>
[HandledBy("training")]
[EntityName("alignops.train-candidate")]
[MessageUrn("alignops:train-candidate")]
public sealed record TrainCandidate(string RunId, string Pipeline, string DefinitionDigest, string DatasetDigest, ModelRef Start, ModelRef Reference, long Seed);
