namespace AlignOps.Models.Tokenization.Normalization;

/// <summary>Puts a text before every stretch that has any: SentencePiece's dummy space in files converted early.</summary>
internal sealed class PrependNormalizer(string prefix) : INormalizer
{
    public MaskedText Apply(MaskedText text)
    {
        if (text.Text.Length == 0)
        {
            return text;
        }

        bool[]? trusted = text.Trusted is null ? null : [.. Enumerable.Repeat(text.Trusted[0], prefix.Length), .. text.Trusted];
        int[]? origin = text.Origin is null ? null : [.. Enumerable.Repeat(text.Origin[0], prefix.Length), .. text.Origin];
        return new MaskedText(prefix + text.Text, trusted, origin);
    }
}
