namespace AlignOps.Training.Definitions;

/// <summary><c>training.reward</c>.</summary>
public sealed record RewardSection
{
    /// <summary>By how much the better answer's reward is asked to be higher, for each point that it scores higher; a preference is one point.</summary>
    public double Margin { get; init; }

    /// <summary>Weight of the square of two rewards' sum, which holds rewards around 0; 0 is none, 0.01 is usual.</summary>
    public double CenterCoefficient { get; init; }
}
