using System.Text.Json.Serialization;

namespace AlignOps.Inference.Requests;

/// <summary>What a model said.</summary>
/// <param name="Text">Empty when it said nothing, which some models do that spend all their tokens thinking.</param>
/// <param name="Refusal">Why it would not answer, in its words or its provider's filter's; null when it did.</param>
/// <param name="Cut">It ran into the limit of output tokens.</param>
/// <param name="InputTokens">As the provider counted, as is <paramref name="OutputTokens"/>; null where it did not say.</param>
/// <param name="Tokens">The answer token by token with log-probabilities; null where none were asked for, or none came.</param>
public sealed record ChatAnswer(
    string Text,
    string? Refusal,
    bool Cut,
    int? InputTokens,
    int? OutputTokens,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<AnswerToken>? Tokens = null);
