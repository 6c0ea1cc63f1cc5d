namespace AlignOps.Serving.Chat.Wire;

/// <param name="Refusal">Always null: a policy's refusal is an answer.</param>
internal sealed record ChatAnswer(string Role, string Content, string? Refusal = null);
