namespace AlignOps.Inference.Endpoints;

/// <summary>A secret cannot be had. The message names its place, never its value.</summary>
public sealed class SecretMissingException(string message) : Exception(message);
