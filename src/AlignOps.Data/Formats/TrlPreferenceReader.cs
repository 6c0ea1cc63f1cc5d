using AlignOps.Data.Checks;

namespace AlignOps.Data.Formats;

/// <summary>
/// TRL's preference rows: <c>chosen</c> and <c>rejected</c>, each a text or a list of messages, with an explicit <c>prompt</c> or with the
/// prompt as their common beginning (huggingface.co/docs/trl, dataset formats).
/// </summary>
internal sealed class TrlPreferenceReader : IFormatReader
{
    public string Name => "trl-preference";

    public string Keys => "chosen, rejected";

    public IReadOnlyList<string> Refines => ["messages"];

    public bool Recognises(RowFields fields) => fields.Has("chosen") || fields.Has("rejected");

    public RowContent Read(RowFields fields)
    {
        if (fields.HasValue("chosen") && fields.HasValue("rejected") && fields.IsList("chosen") != fields.IsList("rejected"))
        {
            fields.Fail(RowReasons.UnequalTypes, "chosen and rejected must both be texts or both be lists of messages.");
        }

        return fields.IsList("chosen") ? ReadMessages(fields) : ReadTexts(fields);
    }

    private static RowContent ReadTexts(RowFields fields)
    {
        var chosen = fields.Answer("chosen");
        var rejected = fields.Answer("rejected");
        if (fields.Has("prompt"))
        {
            return RowContent.Preference(fields.Conversation("prompt"), chosen, rejected);
        }

        if (chosen == rejected)
        {
            fields.Fail(RowReasons.NoPreference, "chosen and rejected are the same text, so none is preferred.");
        }

        // The prompt ends where the last shared word does: "The sky is" + " blue." rather than "gre" + "en".
        var shared = chosen.AsSpan(0, chosen.AsSpan().CommonPrefixLength(rejected));
        var cut = Math.Max(0, shared.LastIndexOfAny(" \n\t"));
        if (shared[..cut].IsWhiteSpace())
        {
            fields.Fail(RowReasons.NoSharedPrompt, "The row has no prompt, and chosen and rejected do not begin with the same words.");
        }

        return RowContent.Preference([new ChatMessage("user", chosen[..cut])], chosen[cut..], rejected[cut..]);
    }

    private static RowContent ReadMessages(RowFields fields)
    {
        var chosen = fields.Messages("chosen", RowReasons.NoAnswer);
        var rejected = fields.Messages("rejected", RowReasons.NoAnswer);
        var shared = chosen.Zip(rejected).TakeWhile(pair => pair.First == pair.Second).Count();
        shared = Math.Min(shared, Math.Min(chosen.Length, rejected.Length) - 1);
        if (shared < 0)
        {
            fields.Fail(RowReasons.NoAnswer, "chosen or rejected has no message.");
            return RowContent.Preference([], "", "");
        }

        IEnumerable<ChatMessage> prompt = chosen.Take(shared);
        if (shared == 0 || chosen[0].Role == "assistant")
        {
            // The lists hold answers only, so the prompt stands in its own field.
            prompt = fields.Conversation("prompt").Concat(prompt);
        }

        return RowContent.Preference([.. prompt], OnlyAnswer(fields, "chosen", chosen, shared), OnlyAnswer(fields, "rejected", rejected, shared));
    }

    private static string OnlyAnswer(RowFields fields, string name, ChatMessage[] messages, int from)
    {
        if (messages.Length - from != 1)
        {
            fields.Fail(RowReasons.SeveralTurns, $"{name} goes on for {messages.Length - from} turns after the shared prompt; it must be one answer.");
        }
        else if (messages[from].Role != "assistant")
        {
            fields.Fail(RowReasons.NoAnswer, $"{name} ends with the {messages[from].Role}'s turn; it must end with the assistant's.");
        }

        return messages[from].Content;
    }
}
