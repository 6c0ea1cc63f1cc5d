using MassTransit;

namespace AlignOps.Contracts.Runs;

/// <summary>Sample answers of the champion to the dataset's prompts and rank them by the verifiers. Handled by Synthesis.</summary>
[HandledBy("synthesis")]
[EntityName("alignops.synthesize")]
[MessageUrn("alignops:synthesize")]
public sealed record Synthesize(string RunId, string Pipeline, string DefinitionDigest, string DatasetDigest, ModelRef Champion, long Seed);
