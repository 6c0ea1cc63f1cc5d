namespace AlignOps.Promotion.Deployments.Policy;

/// <summary>One stage of a deployment. It ends when all of its minima are reached and no live rule objects.</summary>
public sealed record DeploymentStageSection
{
    public StageKind Stage { get; init; }

    /// <summary>Shadow: the part of the requests that are also answered in the background. Canary: the part of the people it answers.</summary>
    public double Share { get; init; } = 0.1;

    /// <summary>Requests that the candidate has dealt with in this stage.</summary>
    public int MinRequests { get; init; }

    /// <summary>People or conversations of the candidate's that have given a thumb since the canary began.</summary>
    public int MinThumbs { get; init; }

    public double MinMinutes { get; init; }
}
