namespace AlignOps.Promotion.Webhooks;

/// <summary>How decisions are told to other systems.</summary>
public sealed class WebhookOptions
{
    /// <summary>Whether addresses of this machine and of private networks may be told, and http; off, so that a definition cannot reach what only the server can.</summary>
    public bool AllowPrivateAddresses { get; set; }

    /// <summary>How long an endpoint may take to answer.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How often new decisions and due attempts are looked for.</summary>
    public TimeSpan Poll { get; set; } = TimeSpan.FromSeconds(2);
}
