using AlignOps.Platform.Definitions;
using Quartz;

namespace AlignOps.Pipelines.Schedules;

internal sealed class ScheduleSectionRules : IPipelineSection<ScheduleSection>
{
    public string Key => "schedule";

    public IEnumerable<SectionFault> Validate(ScheduleSection section)
    {
        if (section.Cron is not null && !CronExpression.TryParse(section.Cron, out _))
        {
            yield return new SectionFault("schedule.cron",
                $"'{section.Cron}' is not a cron expression. Write seconds, minutes, hours, day of month, month, day of week, with '?' for the day that is not meant: \"0 0 3 ? * SUN\" is Sundays at three.");
        }

        if (!TimeZoneInfo.TryFindSystemTimeZoneById(section.TimeZone, out _))
        {
            yield return new SectionFault("schedule.time_zone",
                $"'{section.TimeZone}' is not a time zone of this machine. Write an IANA name such as Europe/Zurich or UTC; a container needs the tzdata package.");
        }
    }
}
