using System.Text.Json.Serialization;

namespace AlignOps.Serving.Chat.Wire;

internal sealed record ChatChoice(
    int Index,
    ChatAnswer Message,
    [property: JsonPropertyName("logprobs")] ChoiceLogProbabilities? LogProbabilities,
    string FinishReason);
