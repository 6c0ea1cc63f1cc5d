using AlignOps.Data;
using AlignOps.Models.Tokenization.Templates;

namespace AlignOps.Models.Tokenization.Conversations;

/// <summary>Conversations to tokens by a chat template: prompts, answers, and both with what to train.</summary>
internal sealed class ConversationEncoder(TextPipeline pipeline, ChatTemplate template)
{
    private static readonly ChatMessage Question = new("user", "x");

    public int[] Prompt(IReadOnlyList<ChatMessage> messages)
    {
        List<int> tokens = [];
        pipeline.Encode(template.Render(messages, addGenerationPrompt: true).Text, tokens);
        return [.. tokens];
    }

    /// <summary>The token that ends an answer: the first special one that the template writes behind it; null where it writes none.</summary>
    public int? EndOfTurn()
    {
        var chat = new EncodedChat(pipeline, template.Render([Question, new ChatMessage("assistant", "y")], addGenerationPrompt: false).Text);
        return chat.SpecialBehind(chat.LastOf(1)) is { } mark ? chat.Tokens[mark.Token] : null;
    }

    /// <summary>An answer as it stands behind a prompt. Where the text's first characters would join the prompt's last token, the cut is made as generation makes it.</summary>
    public int[] Answer(string answer)
    {
        string prompt = template.Render([Question], addGenerationPrompt: true).Text.Value;
        TracedText whole = template.Render([Question, new ChatMessage("assistant", answer)], addGenerationPrompt: false).Text;
        var chat = new EncodedChat(pipeline, whole);
        int start = Start(whole, prompt, 1);
        StretchMark end = End(chat, start, 1);
        if (chat.TokenAt(start) is { } first)
        {
            return [.. chat.Tokens[first..(end.Token + 1)]];
        }

        List<int> tokens = [];
        pipeline.Encode(whole.Slice(start, end.End - start), tokens, continues: true);
        return [.. tokens];
    }

    public ConversationTokens Encode(IReadOnlyList<ChatMessage> messages)
    {
        try
        {
            return messages.Any(m => m.Role == "assistant")
                ? EncodeTurns(messages)
                : ConversationTokens.Refused(new TokenizationFault(TokenizationFaults.NoAnswer, "No message of the conversation is an assistant's."));
        }
        catch (ChatTemplateException refusal)
        {
            return ConversationTokens.Refused(refusal.Fault);
        }
    }

    private ConversationTokens EncodeTurns(IReadOnlyList<ChatMessage> messages)
    {
        RenderedChat rendered = template.Render(messages, addGenerationPrompt: false);
        var chat = new EncodedChat(pipeline, rendered.Text);
        List<TokenSpan> turns = rendered.Generations.Count > 0
            ? [.. rendered.Generations.Select(g => Span(chat, g.Start, EndOfBlock(chat, g), "a generation block"))]
            : [.. Enumerable.Range(0, messages.Count).Where(i => messages[i].Role == "assistant").Select(i => Turn(chat, messages, i))];
        return ConversationTokens.Of([.. chat.Tokens[..turns[^1].End]], turns);
    }

    private TokenSpan Turn(EncodedChat chat, IReadOnlyList<ChatMessage> messages, int message)
    {
        string prompt = template.Render([.. messages.Take(message)], addGenerationPrompt: true).Text.Value;
        int start = Start(chat.Text, prompt, message);
        return Span(chat, start, End(chat, start, message), $"message {message + 1}");
    }

    private static int Start(TracedText whole, string prompt, int message) => whole.Value.StartsWith(prompt, StringComparison.Ordinal)
        ? prompt.Length
        : throw new ChatTemplateException(
            TokenizationFaults.PromptNotPrefix, $"Message {message + 1}: the template writes the conversation up to this answer otherwise than it asks for it.");

    private static StretchMark End(EncodedChat chat, int start, int message) => chat.SpecialBehind(Math.Max(start, chat.LastOf(message))) ?? throw NoEnd($"message {message + 1}");

    /// <summary>A block that leaves its end token out is taken on to it: it is always trained.</summary>
    private static StretchMark EndOfBlock(EncodedChat chat, (int Start, int End) block)
    {
        if (chat.SpecialBefore(block.End) is { } inside && inside.Start >= block.Start)
        {
            return inside;
        }

        return chat.SpecialBehind(block.End) is { } behind && chat.Text.Value.AsSpan(block.End, behind.Start - block.End).IsWhiteSpace() ? behind : throw NoEnd("a generation block");
    }

    private static TokenSpan Span(EncodedChat chat, int start, StretchMark end, string what)
    {
        int first = chat.TokenAt(start) ?? throw new ChatTemplateException(
            TokenizationFaults.PromptNotPrefix, $"The beginning of {what} joins the prompt's last token: generation, which begins behind the prompt, would not write it so.");
        return new TokenSpan(first, end.Token + 1 - first);
    }

    private static ChatTemplateException NoEnd(string what) =>
        new(TokenizationFaults.NoEndOfTurn, $"The template ends {what} with no special token: a model trained on it would not stop.");
}
