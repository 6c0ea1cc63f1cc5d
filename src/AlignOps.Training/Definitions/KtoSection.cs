namespace AlignOps.Training.Definitions;

/// <summary><c>training.kto</c>.</summary>
public sealed record KtoSection
{
    /// <summary>How strongly the policy is held to the one it starts from; small lets it move far.</summary>
    public double Beta { get; init; } = 0.1;

    /// <summary>Weight of thumbs up; silent: 1, or more where they are fewer, so that both thumbs weigh the same in sum.</summary>
    public double? DesirableWeight { get; init; }

    /// <summary>Weight of thumbs down; silent: as for thumbs up.</summary>
    public double? UndesirableWeight { get; init; }
}
