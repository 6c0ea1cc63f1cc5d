namespace AlignOps.WebConsole.Reading;

/// <summary>A candidate on its way into production, as <c>promotion_v_deployments</c> has it.</summary>
public sealed class DeploymentLine
{
    public string RunId { get; init; } = "";
    public string Pipeline { get; init; } = "";
    public string? Adapter { get; init; }
    public string Checkpoint { get; init; } = "";
    public long? Version { get; init; }
    public string Stage { get; init; } = "";
    public double Share { get; init; }
    public long Active { get; init; }

    /// <summary>Still on its way; otherwise a piece of history.</summary>
    public bool IsActive => Active == 1;

    public double? EValue { get; init; }
    public double? Bound { get; init; }
    public long ThumbsUp { get; init; }
    public long ThumbsDown { get; init; }
    public long ChampionThumbsUp { get; init; }
    public long ChampionThumbsDown { get; init; }
    public long Requests { get; init; }
    public long Since { get; init; }
    public long StartedAt { get; init; }
    public string? Reason { get; init; }
    public string? DecidedBy { get; init; }
}
