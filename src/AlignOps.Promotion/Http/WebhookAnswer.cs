using AlignOps.Promotion.Webhooks;

namespace AlignOps.Promotion.Http;

/// <summary>A delivery as the API tells it, without its body.</summary>
/// <param name="State"><c>pending</c>, <c>delivered</c> or <c>failed</c>.</param>
/// <param name="Status">HTTP status of the last answer; null where there was none.</param>
/// <param name="Next">The next attempt, while it is pending.</param>
public sealed record WebhookAnswer(string Id, string Event, string Url, string State, int Attempts, int? Status, string? Fault, DateTimeOffset Created, DateTimeOffset? Next)
{
    internal static WebhookAnswer Of(WebhookDelivery delivery) => new(
        delivery.DeliveryId, delivery.Event, delivery.Url, delivery.State, delivery.Attempts, delivery.Status, delivery.Fault, DateTimeOffset.FromUnixTimeMilliseconds(delivery.CreatedAt),
        delivery.State == "pending" ? DateTimeOffset.FromUnixTimeMilliseconds(delivery.NotBefore) : null);
}
