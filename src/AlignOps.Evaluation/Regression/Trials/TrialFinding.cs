namespace AlignOps.Evaluation.Regression.Trials;

/// <summary>A run trained again without one batch, set beside the run.</summary>
/// <param name="Gain">Mean advantage over the run's candidate in what had regressed, in [−1, 1].</param>
/// <param name="Units">Independent sources it rests on.</param>
/// <param name="StillWorse">What had regressed and is worse than the opponent without the batch too.</param>
public sealed record TrialFinding(TrialVerdict Verdict, double Gain, int Units, IReadOnlyList<string> StillWorse, string Sentence);
