using AlignOps.Contracts.Evidence;

namespace AlignOps.Promotion.Gates.Rules;

/// <summary>
/// Every judge whose verdicts are to decide has a certificate that holds. One that has none, failed or has drifted is report-only: its comparisons were shown to no rule, and the
/// candidate is not promoted. The rule's name is then the reason code: <c>judge-not-examined</c>, <c>judge-failed</c>, <c>judge-drifted</c> or <c>judge-drift-unmeasured</c>.
/// </summary>
internal static class JudgesRule
{
    public static IEnumerable<RuleResult> Apply(EvidenceHeader header)
    {
        foreach (var judge in (header.Judges ?? []).Where(judge => judge.Decides))
        {
            yield return new RuleResult(
                $"judge-{judge.Standing}", RuleKind.Requirement, judge.IsReportOnly ? RuleVerdict.Undecided : RuleVerdict.Pass, $"Standing of judge {judge.Judge}",
                null, null, 0, null, null, null, judge.Sentence);
        }
    }
}
