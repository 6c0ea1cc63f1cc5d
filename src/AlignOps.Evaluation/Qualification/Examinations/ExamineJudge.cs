namespace AlignOps.Evaluation.Qualification.Examinations;

/// <summary>The payload of an examination's job.</summary>
/// <param name="LabelsBlob">The labelled set's file, as it was given.</param>
internal sealed record ExamineJudge(string ExaminationId, string Pipeline, string DefinitionDigest, string Judge, string LabelsBlob);
