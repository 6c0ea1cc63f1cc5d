namespace AlignOps.Serving.Chat.Answers;

/// <summary>What came of one choice since its last piece.</summary>
/// <param name="Index">Which choice.</param>
/// <param name="FinishReason">Set on a choice's last piece: stop or length.</param>
internal sealed record AnswerPiece(int Index, string Text, IReadOnlyList<TokenLogProbability> LogProbabilities, string? FinishReason = null);
