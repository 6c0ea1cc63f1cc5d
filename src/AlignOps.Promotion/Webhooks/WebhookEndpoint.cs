namespace AlignOps.Promotion.Webhooks;

/// <summary>One entry of <c>webhooks.endpoints</c>.</summary>
public sealed record WebhookEndpoint
{
    /// <summary>An https address; http only where private addresses are allowed.</summary>
    public string Url { get; init; } = "";

    /// <summary>Name of the secret that signs, never the secret: it is read from the environment variable ALIGNOPS_WEBHOOK_NAME, upper case, dashes as underscores.</summary>
    public string Secret { get; init; } = "";

    /// <summary>Which decisions: gate, approval, champion, deployment, hold. Silent: all of them.</summary>
    public IReadOnlyList<string> Events { get; init; } = [];
}
