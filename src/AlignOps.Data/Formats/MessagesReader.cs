using AlignOps.Data.Checks;

namespace AlignOps.Data.Formats;

/// <summary>OpenAI's fine-tuning rows: a conversation in <c>messages</c>; the assistant's last turn, which must end it, is demonstrated.</summary>
internal sealed class MessagesReader : IFormatReader
{
    public string Name => "messages";

    public string Keys => "messages";

    public bool Recognises(RowFields fields) => fields.Has("messages");

    public RowContent Read(RowFields fields)
    {
        var messages = fields.Messages("messages");
        if (messages is [.. var prompt, { Role: "assistant" } answer])
        {
            return RowContent.Demonstration(prompt, answer.Content);
        }

        fields.Fail(RowReasons.NoAnswer, "The conversation does not end with an assistant's turn.");
        return RowContent.Demonstration([], "");
    }
}
