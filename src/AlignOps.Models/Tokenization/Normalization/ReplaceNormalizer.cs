namespace AlignOps.Models.Tokenization.Normalization;

/// <summary>Replaces one text by another wherever it stands.</summary>
internal sealed class ReplaceNormalizer(string pattern, string content) : INormalizer
{
    public MaskedText Apply(MaskedText text)
    {
        if (text.Trusted is null || pattern.Length == content.Length)
        {
            return text with { Text = text.Text.Replace(pattern, content, StringComparison.Ordinal) };
        }

        List<bool> trusted = [];
        List<int> origin = [];
        int done = 0;
        for (int at; (at = text.Text.IndexOf(pattern, done, StringComparison.Ordinal)) >= 0; done = at + pattern.Length)
        {
            trusted.AddRange(text.Trusted[done..at]);
            trusted.AddRange(Enumerable.Repeat(text.IsTrusted(at, at + pattern.Length), content.Length));
            origin.AddRange(text.Origin![done..at]);
            origin.AddRange(Enumerable.Repeat(text.Origin[at], content.Length));
        }

        trusted.AddRange(text.Trusted[done..]);
        origin.AddRange(text.Origin![done..]);
        return new MaskedText(text.Text.Replace(pattern, content, StringComparison.Ordinal), [.. trusted], [.. origin]);
    }
}
