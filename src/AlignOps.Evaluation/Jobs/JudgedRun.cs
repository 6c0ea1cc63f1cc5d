using AlignOps.Contracts.Evidence;

namespace AlignOps.Evaluation.Jobs;

/// <summary>What a run's judges said, and how they stood.</summary>
internal sealed record JudgedRun(IReadOnlyList<EvidenceJudge> Standings, IReadOnlyList<JudgeReport> Reports)
{
    public static readonly JudgedRun None = new([], []);

    /// <summary>For the run's record: what each said, and of those that wanted to decide whether they may.</summary>
    public string? Sentence => Reports.Count == 0 ? null : string.Join(' ', Reports.Select(report => report.Sentence).Concat(Standings.Where(judge => judge.Decides || judge.Standing == "drifted").Select(judge => judge.Sentence)));

    /// <summary>A suite as it was judged.</summary>
    public EvidenceSuite Of(EvidenceSuite suite) =>
        Standings.FirstOrDefault(judge => judge.Decides && judge.Suites.Contains(suite.Name)) is { } judge ? suite with { Judge = judge.Judge, JudgeDigest = judge.JudgeDigest } : suite;
}
