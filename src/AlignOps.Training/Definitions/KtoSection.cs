namespace AlignOps.Training.Definitions;

/// <summary><c>training.kto</c>.</summary>
public sealed record KtoSection
{
    /// <summary>How strongly the policy is held to the one it starts from; small lets it move far.</summary>
    public double Beta { get; init; } = 0.1;

    /// <summary>Weight of thumbs up.</summary>
    public double DesirableWeight { get; init; } = 1;

    /// <summary>Weight of thumbs down; where one thumb is rarer, raise its weight until both weigh about the same in sum.</summary>
    public double UndesirableWeight { get; init; } = 1;
}
