using AlignOps.Data;

namespace AlignOps.Evaluation.HeldOut;

/// <summary>An answer with the conversation that it ended; of a thumb's pair the two conversations differ.</summary>
internal sealed record HeldOutAnswer(IReadOnlyList<ChatMessage> Prompt, string Text);
