namespace AlignOps.Promotion.Webhooks;

/// <summary>Secrets by name. Only variables made for this can be named, so that a definition cannot sign with what was meant for something else.</summary>
internal static class WebhookSecrets
{
    public static string VariableOf(string name) => "ALIGNOPS_WEBHOOK_" + name.Replace('-', '_').ToUpperInvariant();

    public static string? Find(string name) => Environment.GetEnvironmentVariable(VariableOf(name)) is { Length: > 0 } secret ? secret : null;
}
