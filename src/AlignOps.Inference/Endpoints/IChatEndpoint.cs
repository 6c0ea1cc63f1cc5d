using AlignOps.Inference.Requests;

namespace AlignOps.Inference.Endpoints;

/// <summary>Sends one request once. Patience, limits and budget are the caller's.</summary>
public interface IChatEndpoint
{
    /// <exception cref="ResponseTooLargeException">The response does not end within bounds.</exception>
    Task<EndpointReply> SendAsync(ChatRequest request, CancellationToken cancellationToken);
}
