using MassTransit;

namespace AlignOps.Contracts.Runs;

/// <summary>A pipeline's schedule fired; <c>ScheduledAt</c> is the planned time in UTC, not the time it was noticed.</summary>
[HandledBy("pipelines")]
[EntityName("alignops.schedule-fired")]
[MessageUrn("alignops:schedule-fired")]
public sealed record ScheduleFired(string Pipeline, DateTimeOffset ScheduledAt);
