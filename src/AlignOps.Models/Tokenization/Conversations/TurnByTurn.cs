using AlignOps.Data;

namespace AlignOps.Models.Tokenization;

/// <summary>A conversation encoded from its prompts and answers alone, for tokenizers without a template of their own.</summary>
internal static class TurnByTurn
{
    public static ConversationTokens Encode(ITokenizer tokenizer, IReadOnlyList<ChatMessage> messages)
    {
        int[] tokens = [];
        List<TokenSpan> turns = [];
        for (int i = 0; i < messages.Count; i++)
        {
            if (messages[i].Role != "assistant")
            {
                continue;
            }

            int[] prompt = tokenizer.EncodePrompt([.. messages.Take(i)]);
            if (!prompt.AsSpan().StartsWith(tokens))
            {
                return ConversationTokens.Refused(new TokenizationFault(
                    TokenizationFaults.PromptNotPrefix, $"Message {i + 1}: the prompt before it does not begin with the tokens of the turns before that."));
            }

            int[] answer = tokenizer.EncodeAnswer(messages[i].Content);
            tokens = [.. prompt, .. answer];
            turns.Add(new TokenSpan(prompt.Length, answer.Length));
        }

        return turns.Count > 0
            ? ConversationTokens.Of(tokens, turns)
            : ConversationTokens.Refused(new TokenizationFault(TokenizationFaults.NoAnswer, "No message of the conversation is an assistant's."));
    }
}
