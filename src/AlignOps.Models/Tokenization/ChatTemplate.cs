using AlignOps.Data;

namespace AlignOps.Models.Tokenization;

/// <summary>
/// A family's way to write a conversation. The Jinja text goes into tokenizer_config.json for others;
/// here the same layout is built from parts, so that what people wrote can never become a special token.
/// </summary>
public abstract class ChatTemplate
{
    /// <summary>Special token that fills unused places; never the one that ends an answer, or a model trained with a mask by token would not learn to stop.</summary>
    public const string Padding = "<|endoftext|>";

    private protected ChatTemplate(string name, string jinja, string endOfTurn, IReadOnlyList<string> specialTokens)
    {
        Name = name;
        Jinja = jinja;
        EndOfTurn = endOfTurn;
        SpecialTokens = specialTokens;
    }

    /// <summary>ChatML: <c>&lt;|im_start|&gt;role⏎content&lt;|im_end|&gt;⏎</c>.</summary>
    public static ChatTemplate ChatMl { get; } = new ChatMlTemplate("chatml", defaultSystem: null);

    /// <summary>ChatML with SmolLM2-Instruct's system message where the conversation has none.</summary>
    public static ChatTemplate SmolLm2 { get; } =
        new ChatMlTemplate("smollm2", defaultSystem: "You are a helpful AI assistant named SmolLM, trained by Hugging Face");

    /// <summary>Three special tokens a dialogue: <c>&lt;|user|&gt;question&lt;|assistant|&gt;answer&lt;|end|&gt;</c>.</summary>
    public static ChatTemplate Compact { get; } = new CompactTemplate();

    public static IReadOnlyList<ChatTemplate> Known { get; } = [ChatMl, SmolLm2, Compact];

    public string Name { get; }

    /// <summary>The template as transformers and vLLM run it.</summary>
    public string Jinja { get; }

    /// <summary>The special token that ends an answer: the end-of-sequence token.</summary>
    public string EndOfTurn { get; }

    /// <summary>Every special token that the template writes, and the padding, in the order in which a new vocabulary numbers them.</summary>
    public IReadOnlyList<string> SpecialTokens { get; }

    /// <summary>The conversation, ending where the assistant's answer begins.</summary>
    /// <exception cref="ArgumentException">A role other than system, user and assistant.</exception>
    public IReadOnlyList<TemplatePart> Prompt(IReadOnlyList<ChatMessage> messages)
    {
        foreach (ChatMessage message in messages)
        {
            if (message.Role is not ("system" or "user" or "assistant"))
            {
                throw new ArgumentException($"The chat template knows no role '{message.Role}'.", nameof(messages));
            }
        }

        List<TemplatePart> parts = [];
        Write(messages, parts);
        return parts;
    }

    private protected abstract void Write(IReadOnlyList<ChatMessage> messages, List<TemplatePart> parts);
}
