using AlignOps.Data;

namespace AlignOps.Models.Tokenization;

internal sealed class ChatMlTemplate(string name, string? defaultSystem)
    : BuiltInTemplate(name, JinjaText(defaultSystem), End, [Padding, Start, End])
{
    private const string Start = "<|im_start|>";
    private const string End = "<|im_end|>";

    private protected override void Write(IReadOnlyList<ChatMessage> messages, bool addGenerationPrompt, TracedText.Builder text)
    {
        if (defaultSystem is not null && messages is [not { Role: "system" }, ..])
        {
            text.Append($"{Start}system\n{defaultSystem}{End}\n", TracedText.Template);
        }

        for (int i = 0; i < messages.Count; i++)
        {
            text.Append($"{Start}{messages[i].Role}\n", TracedText.Template);
            text.Append(messages[i].Content, i);
            text.Append($"{End}\n", TracedText.Template);
        }

        if (addGenerationPrompt)
        {
            text.Append($"{Start}assistant\n", TracedText.Template);
        }
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
