using AlignOps.Data;

namespace AlignOps.Models.Tokenization;

internal sealed class ChatMlTemplate(string name, string? defaultSystem)
    : ChatTemplate(name, JinjaText(defaultSystem), End, [Padding, Start, End])
{
    private const string Start = "<|im_start|>";
    private const string End = "<|im_end|>";

    private protected override void Write(IReadOnlyList<ChatMessage> messages, List<TemplatePart> parts)
    {
        if (defaultSystem is not null && messages is not [{ Role: "system" }, ..])
        {
            WriteTurn(new ChatMessage("system", defaultSystem), parts);
        }

        foreach (ChatMessage message in messages)
        {
            WriteTurn(message, parts);
        }

        parts.Add(TemplatePart.Special(Start));
        parts.Add(TemplatePart.Plain("assistant\n"));
    }

    /// <summary>Role and content are one text: the reference tokenizes them together, which shows where content begins with white space.</summary>
    private static void WriteTurn(ChatMessage message, List<TemplatePart> parts)
    {
        parts.Add(TemplatePart.Special(Start));
        parts.Add(TemplatePart.Plain($"{message.Role}\n{message.Content}"));
        parts.Add(TemplatePart.Special(End));
        parts.Add(TemplatePart.Plain("\n"));
    }

    private static string JinjaText(string? defaultSystem)
    {
        string opening = defaultSystem is null
            ? ""
            : "{% if loop.first and messages[0]['role'] != 'system' %}{{ '<|im_start|>system\n" + defaultSystem + "<|im_end|>\n' }}{% endif %}";
        return "{% for message in messages %}" + opening
            + "{{'<|im_start|>' + message['role'] + '\n' + message['content'] + '<|im_end|>' + '\n'}}{% endfor %}"
            + "{% if add_generation_prompt %}{{ '<|im_start|>assistant\n' }}{% endif %}";
    }
}
