using AlignOps.Data;

namespace AlignOps.Serving.Chat;

/// <summary>A chat request that has been read and checked; what it leaves open is null.</summary>
/// <param name="Pipeline">The model asked for, without its version.</param>
/// <param name="Version">Set where <c>pipeline@version</c> was asked for.</param>
internal sealed record ChatRequest(
    string Pipeline,
    int? Version,
    IReadOnlyList<ChatMessage> Messages,
    double? Temperature,
    double? TopP,
    int? MaxTokens,
    long? Seed);
