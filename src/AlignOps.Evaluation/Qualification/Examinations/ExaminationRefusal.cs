namespace AlignOps.Evaluation.Qualification.Examinations;

/// <summary>Why a judge is not examined.</summary>
/// <param name="Code"><c>unknown-pipeline</c>, <c>unknown-judge</c>, <c>no-labels</c> or <c>labels-invalid</c>.</param>
internal sealed record ExaminationRefusal(string Code, string Sentence);
