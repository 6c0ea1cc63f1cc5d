namespace AlignOps.WebConsole.Reading;

/// <summary>Every judge that was examined or took part in a run.</summary>
public sealed record JudgesModel(IReadOnlyList<JudgeHistory> Judges, DateTimeOffset Now);

/// <summary>A judge of a pipeline.</summary>
/// <param name="Certificate">The latest; null where no examination ended with one.</param>
/// <param name="Examination">The latest examination, with or without a certificate.</param>
/// <param name="Runs">The newest first.</param>
public sealed record JudgeHistory(string Pipeline, string Judge, JudgeExaminationLine? Certificate, JudgeExaminationLine? Examination, IReadOnlyList<JudgeStandingLine> Runs)
{
    private JudgeStandingLine? Last => Runs.Count == 0 ? null : Runs[0];

    /// <summary>An examination that ended after the latest run is newer news than how the judge stood in it.</summary>
    private bool ExaminedSince => Certificate is { EndedAt: { } ended } && (Last is null || ended > Last.At);

    public string Standing => ExaminedSince ? (Certificate!.Qualified == 1 ? "qualified" : "failed") : Last?.Standing ?? Examination?.State ?? "not-examined";

    public string Sentence => ExaminedSince ? Certificate!.Reason : Last?.Sentence ?? Examination?.Reason ?? "";
}
