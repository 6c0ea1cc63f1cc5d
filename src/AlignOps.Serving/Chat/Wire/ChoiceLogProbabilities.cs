using AlignOps.Serving.Chat.Answers;

namespace AlignOps.Serving.Chat.Wire;

internal sealed record ChoiceLogProbabilities(IReadOnlyList<TokenLogProbability> Content, IReadOnlyList<TokenLogProbability>? Refusal = null);
