namespace AlignOps.Contracts.Registry;

/// <summary>Where a candidate stands on its way into production, as stored, published and shown.</summary>
public static class DeploymentStages
{
    /// <summary>Another candidate of the pipeline is on its way; this one comes next.</summary>
    public const string Waiting = "waiting";

    /// <summary>A person put promotions on hold; it goes on when a person lifts the hold.</summary>
    public const string OnHold = "on-hold";

    /// <summary>Its files, and those of the model that a rollback would bring back, are being checked.</summary>
    public const string Verifying = "verifying";

    /// <summary>It answers a share of the requests in the background; nobody is sent its answers.</summary>
    public const string Shadow = "shadow";

    /// <summary>It answers a share of the people.</summary>
    public const string Canary = "canary";

    /// <summary>It is the champion.</summary>
    public const string Full = "full";

    /// <summary>A live rule or a person took it back.</summary>
    public const string RolledBack = "rolled-back";

    /// <summary>The champion that it was compared with is no more, or a newer candidate took its place.</summary>
    public const string Superseded = "superseded";
}
