namespace AlignOps.Promotion.Webhooks;

/// <summary>What endpoints can ask for, by the actions of the audit log: every decision is an entry there.</summary>
internal static class WebhookEvents
{
    public static readonly IReadOnlyList<string> All = ["gate", "approval", "champion", "deployment", "hold"];

    /// <summary>The kind of an audit log's action, such as <c>champion</c> of <c>champion-rollback</c>; null where it is no decision.</summary>
    public static string? Of(string action) => action is "run-approved" or "run-rejected" ? "approval" : All.FirstOrDefault(kind => action.StartsWith(kind + "-", StringComparison.Ordinal));
}
