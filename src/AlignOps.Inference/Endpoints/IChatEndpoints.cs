namespace AlignOps.Inference.Endpoints;

/// <summary>Opens endpoints by their options.</summary>
public interface IChatEndpoints
{
    /// <summary>No connection is made yet.</summary>
    /// <exception cref="SecretMissingException">The key cannot be had.</exception>
    /// <exception cref="ArgumentException">The options break <see cref="EndpointRules"/>.</exception>
    IChatEndpoint Open(EndpointOptions options);
}
