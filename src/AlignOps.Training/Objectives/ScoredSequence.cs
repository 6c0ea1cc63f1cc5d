namespace AlignOps.Training.Objectives;

/// <summary>A planned sequence with the policy's log π of each scored token, in token order.</summary>
public sealed record ScoredSequence(PlannedSequence Planned, double[] LogProbabilities)
{
    /// <summary>log π(answer | prompt), the end token included.</summary>
    public double Sum => LogProbabilities.Sum();
}
