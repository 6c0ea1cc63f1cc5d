using AlignOps.Data.Checks;

namespace AlignOps.Data.Formats;

/// <summary>
/// ShareGPT's conversations: turns with <c>from</c> and <c>value</c> (lm-sys/FastChat, data/dummy_conversation.json). The assistant's last turn is
/// demonstrated; what the person wrote after it has no answer and is left out.
/// </summary>
internal sealed class ShareGptReader : IFormatReader
{
    public string Name => "sharegpt";

    public string Keys => "conversations with from and value";

    public bool Recognises(RowFields fields) => fields.Has("conversations");

    public RowContent Read(RowFields fields)
    {
        var turns = fields.Objects("conversations", RowReasons.EmptyPrompt, Turn);
        var answer = fields.Fault is null ? turns.Count - 1 : -1;
        while (answer >= 0 && turns[answer].Role == "user")
        {
            answer--;
        }

        if (answer >= 0 && turns[answer].Role == "assistant")
        {
            return RowContent.Demonstration([.. turns.Take(answer)], turns[answer].Content);
        }

        fields.Fail(RowReasons.NoAnswer, "The conversation has no turn from gpt to learn from.");
        return RowContent.Demonstration([], "");
    }

    private static ChatMessage Turn(RowFields fields)
    {
        var from = fields.Text("from");
        var text = fields.Text("value");
        switch (from)
        {
            case "human" or "user":
                return new ChatMessage("user", text);
            case "gpt" or "assistant" or "chatgpt":
                return new ChatMessage("assistant", text);
            case "system":
                return new ChatMessage("system", text);
            default:
                fields.Fail(RowReasons.UnknownRole, "The turn's from must be human, gpt or system.");
                return new ChatMessage("user", text);
        }
    }
}
