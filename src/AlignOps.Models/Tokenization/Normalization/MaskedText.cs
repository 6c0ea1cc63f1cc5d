namespace AlignOps.Models.Tokenization.Normalization;

/// <summary>Text under normalisation and, where it matters, what became of each character.</summary>
/// <param name="Trusted">One a character: whether the template wrote it; null where nobody asks.</param>
/// <param name="Origin">One a character: its place in the text before; null where nobody asks.</param>
internal readonly record struct MaskedText(string Text, bool[]? Trusted, int[]? Origin = null)
{
    public bool IsTrusted(int start, int end) => Trusted is null || !Trusted.AsSpan(start, end - start).Contains(false);

    /// <summary>Where a place was before; the end stays the end.</summary>
    public int OriginOf(int place, int end) => place < Text.Length ? Origin![place] : end;
}
