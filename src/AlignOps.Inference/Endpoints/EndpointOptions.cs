namespace AlignOps.Inference.Endpoints;

/// <summary>A model behind an address.</summary>
/// <param name="Url">Up to and with <c>/v1</c>; null for OpenAI's own.</param>
/// <param name="Key">Where the key is to be had, see <see cref="SecretReference"/>; null: none, or an Entra ID identity where <paramref name="Entra"/> says so.</param>
/// <param name="AllowHttp">Plain HTTP to another machine was asked for, as inside a cluster.</param>
public sealed record EndpointOptions(EndpointProvider Provider, string? Url, string Model, string? Key, bool Entra, bool AllowHttp)
{
    private const string OpenAiUrl = "https://api.openai.com/v1";

    public string Address => string.IsNullOrWhiteSpace(Url) && Provider == EndpointProvider.Openai ? OpenAiUrl : Url ?? "";

    /// <summary>OpenAI's newer models take only the newer name; older compatible servers only the older one.</summary>
    internal string OutputLimitName => Provider == EndpointProvider.Compatible ? "max_tokens" : "max_completion_tokens";
}
