namespace AlignOps.Evaluation.Qualification;

/// <summary>What was measured of a judge, and whether it may gate.</summary>
/// <param name="Judge">Its name.</param>
/// <param name="JudgeDigest">Its identity: another model, prompt, parameter or parser is another judge, unqualified.</param>
/// <param name="LabelsDigest">The labelled set that it was measured on.</param>
/// <param name="Findings">Every limit that does not hold; none: the judge is qualified.</param>
internal sealed record QualificationReport(
    string Judge, string JudgeDigest, string LabelsDigest, IReadOnlyList<Measurement> Measurements, IReadOnlyList<PersonAgreement> People, IReadOnlyList<QualificationFinding> Findings)
{
    /// <summary>The same by language, where the labelled set has several: what qualifies a judge in one says nothing of another.</summary>
    public IReadOnlyList<LanguageMeasurements> Languages { get; init; } = [];

    public bool Qualified => Findings.Count == 0;

    public Measurement this[Measure measure] => Measurements.Single(one => one.Measure == measure);

    public string Sentence => Qualified
        ? $"{Judge} may gate."
        : $"{Judge} is report-only: {string.Join(" ", Findings.OrderByDescending(finding => finding.Measured).Select(finding => finding.Sentence))}";
}
