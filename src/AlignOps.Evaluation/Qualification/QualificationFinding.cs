namespace AlignOps.Evaluation.Qualification;

/// <summary>Why a judge may not gate.</summary>
/// <param name="Measured">False: nobody measured it, so it cannot be said to hold.</param>
internal sealed record QualificationFinding(Measure Measure, bool Measured, string Sentence);
