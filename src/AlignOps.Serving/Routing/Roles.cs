namespace AlignOps.Serving.Routing;

/// <summary>As what a policy answers; on record with every inference, and the values of the header <c>x-alignops-model</c>.</summary>
internal static class Roles
{
    public const string Header = "x-alignops-model";

    /// <summary>The response header that says as what the answering policy served.</summary>
    public const string Answer = "X-AlignOps-Role";

    public const string Champion = "champion";
    public const string Canary = "canary";
    public const string Shadow = "shadow";

    public static bool Known(string role) => role is Champion or Canary or Shadow;
}
