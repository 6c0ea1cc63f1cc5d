using System.Text.Json.Serialization;

namespace AlignOps.Serving.Chat.Answers;

/// <summary>A token of an answer with its log-probability and, where asked for, the likeliest tokens in its place.</summary>
internal sealed record TokenLogProbability(
    string Token,
    [property: JsonPropertyName("logprob")] double LogProbability,
    int[] Bytes,
    [property: JsonPropertyName("top_logprobs")] IReadOnlyList<TokenAlternative> Alternatives);
