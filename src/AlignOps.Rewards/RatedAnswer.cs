using AlignOps.Data;

namespace AlignOps.Rewards;

/// <summary>An answer with the conversation that it ends.</summary>
public sealed record RatedAnswer(IReadOnlyList<ChatMessage> Prompt, string Answer);
