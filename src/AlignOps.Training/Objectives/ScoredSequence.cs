namespace AlignOps.Training.Objectives;

/// <summary>A planned sequence with the policy's log π of each scored token, in token order.</summary>
/// <param name="Reference">log π_ref(answer | prompt) where the objective compares with a reference policy; else 0.</param>
public sealed record ScoredSequence(PlannedSequence Planned, double[] LogProbabilities, double Reference = 0)
{
    /// <summary>The head's value at the last token, where the sequence asked for it.</summary>
    public double? Value { get; init; }

    /// <summary>Entropy of each scored token's distribution in nats, where the trainer asked for statistics.</summary>
    public float[]? Entropy { get; init; }

    /// <summary>Whether each scored token is the policy's likeliest, where the trainer asked for statistics.</summary>
    public bool[]? Likeliest { get; init; }

    /// <summary>log π(answer | prompt), the end token included.</summary>
    public double Sum => LogProbabilities.Sum();
}
