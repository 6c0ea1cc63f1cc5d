namespace AlignOps.Models.Tokenization;

/// <summary>A stretch of tokens.</summary>
public readonly record struct TokenSpan(int Start, int Length)
{
    /// <summary>One past its last token.</summary>
    public int End => Start + Length;
}
