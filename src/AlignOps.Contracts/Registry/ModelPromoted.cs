using MassTransit;

namespace AlignOps.Contracts.Registry;

/// <summary>The champion of a pipeline changed; the registry's row is the truth behind it.</summary>
[EntityName("alignops.model-promoted")]
[MessageUrn("alignops:model-promoted")]
public sealed record ModelPromoted(string Pipeline, ModelRef Champion, int Version, string Cause);
