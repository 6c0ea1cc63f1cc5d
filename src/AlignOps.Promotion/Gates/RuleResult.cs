namespace AlignOps.Promotion.Gates;

/// <summary>One rule applied to the evidence.</summary>
/// <param name="Observed">The metric's value in the evidence; null where there was none.</param>
/// <param name="Bound">What it was tested against.</param>
/// <param name="N">Independent units: items, or clusters of them.</param>
/// <param name="LogEvidence">ln of the e-process's largest value, where the rule is one.</param>
/// <param name="LogEvidenceBound">ln of what it had to reach.</param>
/// <param name="DecidedAfter">Units until it was reached first; null where it never was.</param>
/// <param name="Sentence">Metric, observation, bound and n in one sentence.</param>
public sealed record RuleResult(
    string Name,
    RuleKind Kind,
    RuleVerdict Verdict,
    string Metric,
    double? Observed,
    double? Bound,
    int N,
    double? LogEvidence,
    double? LogEvidenceBound,
    int? DecidedAfter,
    string Sentence)
{
    /// <summary>Of a requirement that is not proven: how many more units like those seen would prove it four times in five; null where no number would.</summary>
    public int? More { get; init; }
}
