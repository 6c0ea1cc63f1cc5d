namespace AlignOps.Models.Tokenization.Normalization;

/// <summary>Text under normalisation and, where it matters, which of its characters the template wrote.</summary>
/// <param name="Trusted">One a character; null where nobody asks.</param>
internal readonly record struct MaskedText(string Text, bool[]? Trusted)
{
    public bool IsTrusted(int start, int end) => Trusted is null || !Trusted.AsSpan(start, end - start).Contains(false);
}
