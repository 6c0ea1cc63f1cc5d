namespace AlignOps.Promotion.Webhooks;

/// <summary>The <c>webhooks</c> section of pipeline.yaml: who else is told of decisions.</summary>
public sealed record WebhookSection
{
    /// <summary>Every endpoint gets each decision of the pipeline, signed.</summary>
    public IReadOnlyList<WebhookEndpoint> Endpoints { get; init; } = [];
}
