using AlignOps.Evaluation.Qualification.Examinations;

namespace AlignOps.Evaluation.Qualification.Certificates;

/// <summary>A judge's certificate, or why it has none.</summary>
internal sealed record FoundCertificate(string JudgeDigest, JudgeExamination? Row, Certificate? Certificate, string WhyNone);
