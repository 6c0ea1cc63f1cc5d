using System.Net;

namespace AlignOps.Inference.Endpoints;

/// <summary>Which addresses and references may stand in a definition. Text and keys leave the machine here, so nothing is guessed.</summary>
public static class EndpointRules
{
    /// <summary>What is wrong, each with the key it is about: <c>url</c>, <c>model</c>, <c>key</c> or <c>entra</c>.</summary>
    public static IEnumerable<(string Key, string Sentence)> Faults(EndpointOptions options)
    {
        if (string.IsNullOrWhiteSpace(options.Model)) yield return ("model", "No model is named: give the name that the endpoint knows it by, or Azure's deployment name.");
        if (AddressFault(options) is { } address) yield return ("url", address);
        if (options.Key is { } key && SecretReference.Fault(key) is { } fault) yield return ("key", fault);
        if (options.Entra && options.Provider != EndpointProvider.Azure) yield return ("entra", "Only Azure takes an Entra ID identity: set provider: azure, or name a key.");
        if (options.Entra && options.Key is not null) yield return ("entra", "An Entra ID identity and a key exclude each other: leave one out.");
        if (options.Key is null && !options.Entra && options.Provider != EndpointProvider.Compatible) yield return ("key", "No key is named: give key: env:NAME or key: file:NAME" + (options.Provider == EndpointProvider.Azure ? ", or entra: true." : "."));
    }

    private static string? AddressFault(EndpointOptions options)
    {
        if (string.IsNullOrWhiteSpace(options.Address)) return "No address is named: give one such as https://NAME.openai.azure.com/openai/v1 or http://127.0.0.1:8000/v1.";
        if (!Uri.TryCreate(options.Address, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https")) return $"{options.Address} is no http or https address.";
        if (url.UserInfo.Length > 0) return "The address has a name or password in it: name a key instead.";
        if (url.Query.Length > 0 || url.Fragment.Length > 0) return "The address has a query or a fragment; give it up to and with /v1.";
        if (IPAddress.TryParse(url.Host.Trim('[', ']'), out var ip) && (ip.IsIPv6LinkLocal || ip.MapToIPv4().GetAddressBytes() is [169, 254, ..])) return $"{url.Host} is a link-local address, where machines keep their credentials.";
        if (options.Provider == EndpointProvider.Azure && !url.AbsolutePath.TrimEnd('/').EndsWith("/openai/v1", StringComparison.Ordinal)) return $"Azure's v1 endpoint ends in /openai/v1: give https://{url.Host}/openai/v1.";
        return url.Scheme == "https" || url.IsLoopback || options.AllowHttp
            ? null
            : $"{options.Address} is plain HTTP to another machine, so text and key could be read on the way: use https, or say allow_http: true.";
    }
}
