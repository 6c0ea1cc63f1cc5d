using System.Text.Json;

namespace AlignOps.Evaluation.Qualification.Standings;

/// <summary>Whether a judge may decide. All but the first are report-only.</summary>
internal enum JudgeStanding
{
    /// <summary>Its certificate holds, and it has not changed since.</summary>
    Qualified,

    /// <summary>Nobody examined it, or it was another judge then.</summary>
    NotExamined,

    /// <summary>Its certificate does not reach a limit, or lacks a measure.</summary>
    Failed,

    /// <summary>It answers otherwise than when it was examined, beyond what it wavers by itself.</summary>
    Drifted,

    /// <summary>It could not be asked again, so nobody knows.</summary>
    DriftUnmeasured,
}

internal static class JudgeStandings
{
    /// <summary>As evidence, tables and pages have it: <c>not-examined</c>.</summary>
    public static string Name(this JudgeStanding standing) => JsonNamingPolicy.KebabCaseLower.ConvertName(standing.ToString());
}
