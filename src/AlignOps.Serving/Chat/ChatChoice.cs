using AlignOps.Data;

namespace AlignOps.Serving.Chat;

internal sealed record ChatChoice(int Index, ChatMessage Message, string FinishReason);
