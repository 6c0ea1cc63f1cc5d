using System.Text;

namespace AlignOps.Models.Tokenization.Normalization;

/// <summary>Unicode's canonical composition, NFC.</summary>
internal sealed class ComposingNormalizer : INormalizer
{
    /// <summary>Whether this process can compose at all: .NET without ICU leaves such text as it is, and would make other tokens.</summary>
    public static bool Works => "e\u0301".Normalize(NormalizationForm.FormC) == "\u00e9";

    public MaskedText Apply(MaskedText text)
    {
        if (text.Text.IsNormalized(NormalizationForm.FormC))
        {
            return text;
        }

        return text.Trusted is null ? text with { Text = text.Text.Normalize(NormalizationForm.FormC) } : ApplyByStretch(text);
    }

    /// <summary>Nothing composes with an ASCII character before it begins, so each such place is a seam.</summary>
    private static MaskedText ApplyByStretch(MaskedText text)
    {
        var result = new StringBuilder();
        List<bool> trusted = [];
        List<int> origin = [];
        int start = 0;
        for (int end = 1; end <= text.Text.Length; end++)
        {
            if (end == text.Text.Length || char.IsAscii(text.Text[end]))
            {
                string stretch = text.Text[start..end];
                string composed = stretch.Normalize(NormalizationForm.FormC);
                result.Append(composed);
                trusted.AddRange(composed == stretch
                    ? text.Trusted![start..end]
                    : Enumerable.Repeat(text.IsTrusted(start, end), composed.Length));
                origin.AddRange(composed == stretch ? text.Origin![start..end] : Enumerable.Repeat(text.Origin![start], composed.Length));
                start = end;
            }
        }

        return new MaskedText(result.ToString(), [.. trusted], [.. origin]);
    }
}
