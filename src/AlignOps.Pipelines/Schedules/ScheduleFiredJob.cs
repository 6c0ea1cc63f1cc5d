using System.Globalization;
using Quartz;

namespace AlignOps.Pipelines.Schedules;

/// <summary>Quartz's side of a firing. Its stored name is this type's: renaming it orphans the jobs in existing databases.</summary>
internal sealed class ScheduleFiredJob(IScheduleFiring firing) : IJob
{
    public const string CronKey = "cron";
    public const string TimeZoneKey = "time-zone";

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        var data = context.MergedJobDataMap;
        var planned = FirePlan.PlannedAt((string)data[CronKey]!, (string)data[TimeZoneKey]!, FiredAt(context));
        await firing.FireAsync(context.JobDetail.Key.Name, planned, cancellationToken);
    }

    /// <summary>
    /// When it fired: several missed firings are made good by one, which stands for the latest of them. One recovered after a crash
    /// runs under a trigger of its own, and the first time it fired stands in its data.
    /// </summary>
    private static DateTimeOffset FiredAt(IJobExecutionContext context)
    {
        if (context.Recovering
            && context.MergedJobDataMap.TryGetValue(SchedulerConstants.FailedJobOriginalTriggerFireTime, out var original)
            && long.TryParse(original as string, NumberStyles.Integer, CultureInfo.InvariantCulture, out var milliseconds))
        {
            return DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
        }

        return context.FireTimeUtc;
    }
}
