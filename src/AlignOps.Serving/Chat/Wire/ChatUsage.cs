namespace AlignOps.Serving.Chat.Wire;

internal sealed record ChatUsage(int PromptTokens, int CompletionTokens, int TotalTokens);
