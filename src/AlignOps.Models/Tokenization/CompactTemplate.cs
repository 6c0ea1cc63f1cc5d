using AlignOps.Data;

namespace AlignOps.Models.Tokenization;

internal sealed class CompactTemplate()
    : BuiltInTemplate("compact", JinjaText, End, [Padding, "<|system|>", "<|user|>", "<|assistant|>", End])
{
    private const string End = "<|end|>";

    private const string JinjaText =
        "{% for message in messages %}{{ '<|' + message['role'] + '|>' + message['content'] }}"
        + "{% if message['role'] == 'assistant' %}{{ '<|end|>' }}{% endif %}{% endfor %}"
        + "{% if add_generation_prompt %}{{ '<|assistant|>' }}{% endif %}";

    private protected override void Write(IReadOnlyList<ChatMessage> messages, bool addGenerationPrompt, TracedText.Builder text)
    {
        for (int i = 0; i < messages.Count; i++)
        {
            text.Append($"<|{messages[i].Role}|>", TracedText.Template);
            text.Append(messages[i].Content, i);
            if (messages[i].Role == "assistant")
            {
                text.Append(End, TracedText.Template);
            }
        }

        if (addGenerationPrompt)
        {
            text.Append("<|assistant|>", TracedText.Template);
        }
    }
}
