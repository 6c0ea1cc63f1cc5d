namespace AlignOps.Inference.Endpoints;

/// <summary>What came back over HTTP, whatever it was.</summary>
public sealed record EndpointReply(int Status, ReadOnlyMemory<byte> Body, TimeSpan? RetryAfter);
