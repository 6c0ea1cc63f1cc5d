namespace AlignOps.Pipelines.Schedules;

/// <summary>What a firing does; called at least once for a planned time, so it must be idempotent in (pipeline, planned time).</summary>
internal interface IScheduleFiring
{
    Task FireAsync(string pipeline, DateTimeOffset plannedAt, CancellationToken cancellationToken);
}
