namespace AlignOps.Promotion.Deployments.Policy;

/// <summary>The <c>deployment</c> section of pipeline.yaml: how a candidate that passed its gate comes into production. Without it, at once.</summary>
public sealed record DeploymentSection
{
    /// <summary>In order: shadows, canaries of growing share, and at most one <c>full</c> to go on watching afterwards.</summary>
    public IReadOnlyList<DeploymentStageSection> Stages { get; init; } = [];

    /// <summary>The chance that a live rule ever takes back a candidate that is no worse. Each rule has its own.</summary>
    public double Alpha { get; init; } = 0.01;

    /// <summary>How far the candidate's rate of thumbs down may lie above the champion's, from 0 to 1.</summary>
    public double Margin { get; init; }

    /// <summary>The rate of requests that the candidate may fail to answer.</summary>
    public double MaxErrorRate { get; init; } = 0.02;

    /// <summary>An answer that takes longer is slow, in milliseconds; 0 leaves the time unwatched.</summary>
    public int SlowMs { get; init; }

    /// <summary>The rate of slow answers that is allowed.</summary>
    public double MaxSlowRate { get; init; } = 0.1;
}
