namespace AlignOps.Models.Tokenization;

/// <summary>A stretch of a written conversation: a special token, or plain text.</summary>
public readonly record struct TemplatePart(string Text, bool IsSpecial)
{
    public static TemplatePart Special(string token) => new(token, true);

    public static TemplatePart Plain(string text) => new(text, false);
}
