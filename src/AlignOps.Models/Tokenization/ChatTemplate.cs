using AlignOps.Data;
using AlignOps.Models.Tokenization.Templates;

namespace AlignOps.Models.Tokenization;

/// <summary>
/// A family's way to write a conversation. Whatever writes it, each stretch is known to be the template's or a message's,
/// so that what people wrote can never become a special token.
/// </summary>
public abstract class ChatTemplate
{
    /// <summary>Special token that fills unused places; never the one that ends an answer, or a model trained with a mask by token would not learn to stop.</summary>
    public const string Padding = "<|endoftext|>";

    private static readonly string[] Roles = ["system", "user", "assistant", "tool"];

    private protected ChatTemplate(string name, string jinja)
    {
        Name = name;
        Jinja = jinja;
    }

    /// <summary>ChatML: <c>&lt;|im_start|&gt;role⏎content&lt;|im_end|&gt;⏎</c>.</summary>
    public static BuiltInTemplate ChatMl { get; } = new ChatMlTemplate("chatml", defaultSystem: null);

    /// <summary>ChatML with SmolLM2-Instruct's system message where the conversation has none.</summary>
    public static BuiltInTemplate SmolLm2 { get; } =
        new ChatMlTemplate("smollm2", defaultSystem: "You are a helpful AI assistant named SmolLM, trained by Hugging Face");

    /// <summary>Three special tokens a dialogue: <c>&lt;|user|&gt;question&lt;|assistant|&gt;answer&lt;|end|&gt;</c>.</summary>
    public static BuiltInTemplate Compact { get; } = new CompactTemplate();

    /// <summary>Those that a new tokenizer can be trained for.</summary>
    public static IReadOnlyList<BuiltInTemplate> Known { get; } = [ChatMl, SmolLm2, Compact];

    public string Name { get; }

    /// <summary>The template as transformers and vLLM run it.</summary>
    public string Jinja { get; }

    /// <param name="addGenerationPrompt">End where an assistant's answer begins.</param>
    /// <exception cref="ChatTemplateException">The template refuses these messages.</exception>
    internal RenderedChat Render(IReadOnlyList<ChatMessage> messages, bool addGenerationPrompt)
    {
        for (int i = 0; i < messages.Count; i++)
        {
            if (!Roles.Contains(messages[i].Role))
            {
                throw new ChatTemplateException(TokenizationFaults.UnknownRole, $"Message {i + 1}: chat templates know no role '{messages[i].Role}'.");
            }
        }

        return Write(messages, addGenerationPrompt);
    }

    private protected abstract RenderedChat Write(IReadOnlyList<ChatMessage> messages, bool addGenerationPrompt);
}
