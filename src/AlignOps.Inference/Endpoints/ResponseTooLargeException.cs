namespace AlignOps.Inference.Endpoints;

/// <summary>A response went on past the size that an answer can have.</summary>
public sealed class ResponseTooLargeException(long limit) : IOException($"The response is larger than {limit} bytes.");
