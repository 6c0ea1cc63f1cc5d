namespace AlignOps.Training.Evaluation;

/// <summary>When a training looks at its held-out rows, and what it does about what it sees.</summary>
/// <param name="Every">Optimizer steps between evaluations; 0: at the end only. The end is always evaluated.</param>
/// <param name="Patience">Stops after this many evaluations in a row without a better one; 0: never.</param>
/// <param name="KeepBest">The result is the policy at its best evaluation rather than its last.</param>
public sealed record EvaluationOptions(int Every = 0, int Patience = 0, bool KeepBest = false, WatchedMetric Watch = WatchedMetric.Loss)
{
    /// <summary>Whether anything depends on the watched metric.</summary>
    public bool Decides => Patience > 0 || KeepBest;
}
