using AlignOps.Data;

namespace AlignOps.Models.Tokenization;

internal sealed class CompactTemplate()
    : ChatTemplate("compact", JinjaText, End, [Padding, "<|system|>", "<|user|>", "<|assistant|>", End])
{
    private const string End = "<|end|>";

    private const string JinjaText =
        "{% for message in messages %}{{ '<|' + message['role'] + '|>' + message['content'] }}"
        + "{% if message['role'] == 'assistant' %}{{ '<|end|>' }}{% endif %}{% endfor %}"
        + "{% if add_generation_prompt %}{{ '<|assistant|>' }}{% endif %}";

    private protected override void Write(IReadOnlyList<ChatMessage> messages, List<TemplatePart> parts)
    {
        foreach (ChatMessage message in messages)
        {
            parts.Add(TemplatePart.Special($"<|{message.Role}|>"));
            parts.Add(TemplatePart.Plain(message.Content));
            if (message.Role == "assistant")
            {
                parts.Add(TemplatePart.Special(End));
            }
        }

        parts.Add(TemplatePart.Special("<|assistant|>"));
    }
}
