namespace AlignOps.Evaluation.Qualification.Examinations;

/// <summary>How an examination ended: with a certificate, or without one for a named reason.</summary>
internal sealed record ExaminationEnd(string State, string Code, string Reason, string? CertificateDigest, bool Qualified, string Figures)
{
    public static ExaminationEnd Without(string code, string reason) => new(JudgeExamination.Failed, code, reason, null, Qualified: false, "");
}
