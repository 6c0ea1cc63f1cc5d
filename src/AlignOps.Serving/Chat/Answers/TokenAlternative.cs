using System.Text.Json.Serialization;

namespace AlignOps.Serving.Chat.Answers;

internal sealed record TokenAlternative(string Token, [property: JsonPropertyName("logprob")] double LogProbability, int[] Bytes);
