namespace AlignOps.Serving.Chat;

internal sealed record ChatUsage(int PromptTokens, int CompletionTokens, int TotalTokens);
