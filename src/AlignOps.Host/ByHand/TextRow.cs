using AlignOps.Data;

namespace AlignOps.Host.ByHand;

/// <summary>A row as it stands in the file: a text and what follows it, a conversation, or token ids.</summary>
/// <param name="Line">From 1.</param>
/// <param name="Id">The row's own, as JSON, given back with its answer.</param>
/// <param name="Prompt">Plain text; no chat template is applied to it.</param>
/// <param name="Completion">What follows the prompt or the messages.</param>
/// <param name="Tokens">Token ids, taken as they are.</param>
/// <param name="PromptTokens">How many of those are not scored.</param>
internal sealed record TextRow(
    int Line, string? Id, string? Prompt, IReadOnlyList<ChatMessage>? Messages, string? Completion, int[]? Tokens = null, int PromptTokens = 1);
