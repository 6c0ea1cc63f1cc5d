namespace AlignOps.Promotion.Deployments;

/// <summary>How often live rules are read; what they are is the pipeline's affair.</summary>
public sealed class DeploymentOptions
{
    /// <summary>While a deployment is under way. A thumb that crosses a bound waits at most this long.</summary>
    public TimeSpan Interval { get; set; } = TimeSpan.FromMilliseconds(250);

    /// <summary>While none is. One that begins in another process waits at most this long.</summary>
    public TimeSpan IdleInterval { get; set; } = TimeSpan.FromSeconds(1);
}
