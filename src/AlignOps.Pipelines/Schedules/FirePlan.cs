using Quartz;

namespace AlignOps.Pipelines.Schedules;

/// <summary>Which planned time a firing stands for. A firing that was missed is noticed late, and a crash may fire twice: both name the same planned time.</summary>
internal static class FirePlan
{
    /// <summary>The latest planned time at or before the time it fired.</summary>
    public static DateTimeOffset PlannedAt(string cron, string timeZone, DateTimeOffset firedAt)
    {
        var expression = CronExpression.Parse(cron).WithTimeZone(TimeZoneInfo.FindSystemTimeZoneById(timeZone));
        return (expression.GetPreviousValidTimeBefore(firedAt.ToUniversalTime().AddSeconds(1)) ?? firedAt).ToUniversalTime();
    }
}
