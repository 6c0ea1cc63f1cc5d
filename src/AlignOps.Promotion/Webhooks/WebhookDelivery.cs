namespace AlignOps.Promotion.Webhooks;

/// <summary>A row of <c>promotion_webhook</c>: one decision for one endpoint.</summary>
internal sealed class WebhookDelivery
{
    /// <summary>The header <c>webhook-id</c>, the same at every attempt.</summary>
    public string DeliveryId { get; init; } = "";

    public string Pipeline { get; init; } = "";
    public string Url { get; init; } = "";

    /// <summary>The secret's name.</summary>
    public string Secret { get; init; } = "";

    public string Event { get; init; } = "";
    public string Body { get; init; } = "";

    /// <summary><c>pending</c>, <c>delivered</c> or <c>failed</c>.</summary>
    public string State { get; init; } = "";

    public int Attempts { get; init; }
    public int? Status { get; init; }
    public string? Fault { get; init; }
    public long NotBefore { get; init; }
    public long CreatedAt { get; init; }
    public long? EndedAt { get; init; }
}
