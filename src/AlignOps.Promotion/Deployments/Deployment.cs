using AlignOps.Contracts;

namespace AlignOps.Promotion.Deployments;

/// <summary>A candidate on its way into production: a row of <c>promotion_deployment</c>. Times are Unix milliseconds.</summary>
internal sealed record Deployment
{
    public string RunId { get; init; } = "";
    public string Pipeline { get; init; } = "";
    public string DefinitionDigest { get; init; } = "";
    public string Checkpoint { get; init; } = "";
    public string? Adapter { get; init; }
    public string ChampionCheckpoint { get; init; } = "";
    public string? ChampionAdapter { get; init; }

    /// <summary>The registry's version that the candidate was compared with; another one by now ends the deployment.</summary>
    public long ChampionVersion { get; init; }

    /// <summary>The gate record that let it through, who decided it and why.</summary>
    public string RecordDigest { get; init; } = "";
    public string PromotedBy { get; init; } = "";
    public string PromotedBecause { get; init; } = "";

    public string Stage { get; init; } = "";

    /// <summary>Index of the configured stage that it is in; −1 before the first.</summary>
    public long Step { get; init; } = -1;

    public double Share { get; init; }

    /// <summary>1 while something is still to be done or watched.</summary>
    public long Active { get; init; } = 1;

    /// <summary>The registry's version of the candidate once it is champion.</summary>
    public long? Version { get; init; }

    /// <summary>Counts the saves; a save is a compare-and-set on it.</summary>
    public long Revision { get; init; }

    public long Since { get; init; }
    public long StartedAt { get; init; }

    /// <summary>The live rule that is nearest to its bound.</summary>
    public string Metric { get; init; } = "";
    public double EValue { get; init; } = 1;
    public double Bound { get; init; }

    /// <summary>People or conversations that count, by their first thumb.</summary>
    public long ThumbsUp { get; init; }
    public long ThumbsDown { get; init; }
    public long ChampionThumbsUp { get; init; }
    public long ChampionThumbsDown { get; init; }

    /// <summary>Upper bound of the old champion's rate of thumbs down when the candidate took over; 1 where nothing is known.</summary>
    public double ChampionLimit { get; init; } = 1;

    /// <summary>Requests that the candidate has dealt with in this stage.</summary>
    public long Requests { get; init; }

    public string Reason { get; init; } = "";
    public string DecidedBy { get; init; } = "";

    public ModelRef Candidate => new(Checkpoint, Adapter);

    public ModelRef Champion => new(ChampionCheckpoint, ChampionAdapter);
}
