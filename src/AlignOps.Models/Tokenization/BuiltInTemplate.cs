using AlignOps.Data;
using AlignOps.Models.Tokenization.Templates;

namespace AlignOps.Models.Tokenization;

/// <summary>A template written in C# beside its Jinja: quicker than running it, and equal to it.</summary>
public abstract class BuiltInTemplate : ChatTemplate
{
    private protected BuiltInTemplate(string name, string jinja, string endOfTurn, IReadOnlyList<string> specialTokens)
        : base(name, jinja)
    {
        EndOfTurn = endOfTurn;
        SpecialTokens = specialTokens;
    }

    /// <summary>The special token that ends an answer: the end-of-sequence token.</summary>
    public string EndOfTurn { get; }

    /// <summary>Every special token that the template writes, and the padding, in the order in which a new vocabulary numbers them.</summary>
    public IReadOnlyList<string> SpecialTokens { get; }

    private protected sealed override RenderedChat Write(IReadOnlyList<ChatMessage> messages, bool addGenerationPrompt)
    {
        var text = new TracedText.Builder();
        Write(messages, addGenerationPrompt, text);
        return new RenderedChat(text.Build(), []);
    }

    private protected abstract void Write(IReadOnlyList<ChatMessage> messages, bool addGenerationPrompt, TracedText.Builder text);
}
