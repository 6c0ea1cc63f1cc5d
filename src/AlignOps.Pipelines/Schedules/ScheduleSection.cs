namespace AlignOps.Pipelines.Schedules;

/// <summary>The <c>schedule</c> section of pipeline.yaml: when a pipeline retrains on everything it has learned.</summary>
public sealed record ScheduleSection
{
    /// <summary>Six or seven fields in Quartz's order, seconds first; <c>0 0 3 ? * SUN</c> is Sundays at three. Null: no schedule.</summary>
    public string? Cron { get; init; }

    /// <summary>An IANA name; the fire time is a wall-clock time there, through daylight saving changes.</summary>
    public string TimeZone { get; init; } = "UTC";
}
