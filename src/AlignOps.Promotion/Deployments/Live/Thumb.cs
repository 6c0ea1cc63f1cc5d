namespace AlignOps.Promotion.Deployments.Live;

/// <summary>A thumb taken in: a row of <c>promotion_deployment_thumb</c>.</summary>
internal sealed record Thumb
{
    public const string OfChampion = "champion";
    public const string OfCanary = "canary";
    public const string OfFull = "full";

    public string RunId { get; init; } = "";

    /// <summary>The order in which thumbs were taken in, from 1; the test sees them in it, after a restart too.</summary>
    public long Seq { get; init; }

    public string InferenceId { get; init; } = "";

    /// <summary>The person or conversation it is from.</summary>
    public string ClusterKey { get; init; } = "";

    /// <summary>Whose answer it is about.</summary>
    public string Arm { get; init; } = "";

    public long Down { get; init; }

    /// <summary>1 where it is the first of its person or conversation, and so counts.</summary>
    public long Counted { get; init; }

    public long At { get; init; }
}
