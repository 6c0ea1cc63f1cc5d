using AlignOps.Evaluation.Qualification.Certificates;
using AlignOps.Evaluation.Qualification.Examinations;
using AlignOps.Evaluation.Qualification.Standings;

namespace AlignOps.Evaluation.Qualification.Http;

/// <summary>A judge of a pipeline's definition, as it stands now.</summary>
/// <param name="Standing">As in a run's evidence.</param>
/// <param name="Certificate">The certificate in force; null where there is none.</param>
/// <param name="Examination">The latest examination, whatever became of it.</param>
/// <param name="Runs">How it stood in the latest runs, and what asking it again found; the newest first.</param>
internal sealed record JudgeView(
    string Judge, string Kind, string Model, string Digest, bool Decides, IReadOnlyList<string> Suites, string Standing, string Sentence,
    CertificateView? Certificate, ExaminationView? Examination, IReadOnlyList<StandingLine> Runs);

/// <summary>A certificate without its frozen pairs.</summary>
internal sealed record CertificateView(
    string ExaminationId, string Judge, string JudgeDigest, string LabelsDigest, int Pairs, long At, string AskedBy,
    IReadOnlyList<Measurement> Measurements, IReadOnlyList<PersonAgreement> People, IReadOnlyList<AttackTally> Attacks, int FrozenPairs, long Tokens, decimal Money)
{
    /// <summary>Where the labelled set has several languages.</summary>
    public IReadOnlyList<LanguageMeasurements> Languages { get; init; } = [];

    public static CertificateView Of(JudgeExamination row, Certificate certificate) => new(
        row.ExaminationId, row.Judge, row.JudgeDigest, row.LabelsDigest, certificate.Pairs, row.EndedAt ?? row.At, row.AskedBy,
        certificate.Report.Measurements, certificate.Report.People, certificate.Attacks, certificate.Frozen.Count, certificate.Tokens, certificate.Money)
    {
        Languages = certificate.Report.Languages,
    };
}

/// <summary>An examination and how far it is.</summary>
/// <param name="State"><c>asked</c>, <c>certified</c> or <c>failed</c>.</param>
/// <param name="Fraction">Of the questions; null where no job tells.</param>
/// <param name="Findings">Limits of the definition it was examined under that do not hold.</param>
internal sealed record ExaminationView(
    string ExaminationId, string Pipeline, string Judge, string JudgeDigest, string LabelsDigest, long Pairs, string State, string Code, string Reason, bool Qualified, long At, long? EndedAt, double? Fraction)
{
    public CertificateView? Certificate { get; init; }

    public IReadOnlyList<QualificationFinding> Findings { get; init; } = [];

    public static ExaminationView Of(JudgeExamination row, double? fraction = null) => new(
        row.ExaminationId, row.Pipeline, row.Judge, row.JudgeDigest, row.LabelsDigest, row.Pairs, row.State, row.Code, row.Reason, row.Qualified == 1, row.At, row.EndedAt, fraction);
}
