namespace AlignOps.Training.Objectives;

/// <summary>A planned sequence with the policy's log π of each scored token, in token order.</summary>
/// <param name="Reference">log π_ref(answer | prompt) where the objective compares with a reference policy; else 0.</param>
public sealed record ScoredSequence(PlannedSequence Planned, double[] LogProbabilities, double Reference = 0)
{
    /// <summary>log π(answer | prompt), the end token included.</summary>
    public double Sum => LogProbabilities.Sum();
}
