namespace AlignOps.Evaluation.Qualification.Drift;

/// <summary>How far a judge's verdicts differ from those of its examination.</summary>
/// <param name="Games">Pairs and orders compared.</param>
/// <param name="Differing">Mean share of the examination's verdicts that differ from today's.</param>
/// <param name="Expected">The same among the examination's own and today's, were today's one of them.</param>
/// <param name="PValue">Chance of differing as much or more for a judge that has not changed.</param>
internal sealed record DriftFinding(int Games, double Differing, double Expected, double PValue);
