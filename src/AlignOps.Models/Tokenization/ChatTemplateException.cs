namespace AlignOps.Models.Tokenization;

/// <summary>A chat template that cannot write these messages.</summary>
public sealed class ChatTemplateException : Exception
{
    public ChatTemplateException(TokenizationFault fault) : base(fault.Sentence) => Fault = fault;

    public ChatTemplateException(string code, string sentence) : this(new TokenizationFault(code, sentence)) { }

    public TokenizationFault Fault { get; }
}
