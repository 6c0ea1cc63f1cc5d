using System.Text.Json.Serialization;

namespace AlignOps.Serving.Chat.Wire;

internal sealed record ChunkChoice(
    int Index,
    ChunkDelta Delta,
    [property: JsonPropertyName("logprobs")] ChoiceLogProbabilities? LogProbabilities,
    string? FinishReason);
