using AlignOps.Training.Optimization;

namespace AlignOps.Training.Definitions;

/// <summary>The schedules by their names in pipeline.yaml.</summary>
internal static class Schedules
{
    public static readonly IReadOnlyList<string> Names = [.. Enum.GetNames<ScheduleKind>().Select(n => n.ToLowerInvariant())];

    public static ScheduleKind Find(string name) => Enum.Parse<ScheduleKind>(name, ignoreCase: true);
}
