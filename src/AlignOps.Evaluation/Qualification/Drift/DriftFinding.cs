namespace AlignOps.Evaluation.Qualification.Drift;

/// <summary>How far a judge's verdicts differ from those of its examination.</summary>
/// <param name="Games">Pairs and orders compared.</param>
/// <param name="Differing">Share of all couples of an examination's and a new verdict that differ.</param>
/// <param name="Expected">The same share for a judge that has not changed, given all that was said.</param>
/// <param name="PValue">Chance of differing as much or more for a judge that has not changed.</param>
internal sealed record DriftFinding(int Games, double Differing, double Expected, double PValue);
