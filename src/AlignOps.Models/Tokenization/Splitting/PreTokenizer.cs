using System.Globalization;
using System.Text;

namespace AlignOps.Models.Tokenization.Splitting;

/// <summary>
/// Cuts text into the pieces within which tokens merge, as GPT-2's pattern does:
/// <c>'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+</c>.
/// Written out, because .NET's \p{L} sees halves of characters outside the basic plane where the reference sees whole ones.
/// </summary>
/// <param name="splitDigits">Digits are cut out one by one before the pattern runs, so each stretch between them ends the text for it.</param>
internal ref struct PreTokenizer(ReadOnlySpan<char> text, bool splitDigits)
{
    private ReadOnlySpan<char> _rest = text;

    private enum Class
    {
        Letter,
        Number,
        Space,
        Other,
    }

    public bool TryNext(out ReadOnlySpan<char> piece)
    {
        int length = _rest.IsEmpty ? 0 : NextLength();
        piece = _rest[..length];
        _rest = _rest[length..];
        return length > 0;
    }

    private readonly int NextLength()
    {
        int contraction = ContractionLength(_rest);
        if (contraction > 0)
        {
            return contraction;
        }

        Class first = Classify(0, out int length);
        if (first == Class.Number && splitDigits)
        {
            return length;
        }

        if (first == Class.Space)
        {
            Class next = _rest[0] == ' ' && _rest.Length > 1 ? Classify(1, out int _) : Class.Space;
            bool attaches = next is Class.Letter or Class.Other || (next == Class.Number && !splitDigits);
            return attaches ? RunEnd(1, next) : SpaceLength();
        }

        return RunEnd(length, first);
    }

    /// <summary>Space before a word leaves its last character to it, or to stand alone.</summary>
    private readonly int SpaceLength()
    {
        int end = RunEnd(1, Class.Space);
        bool textEnds = end == _rest.Length || (splitDigits && Classify(end, out int _) == Class.Number);
        return textEnds || end == 1 ? end : end - 1;
    }

    private readonly int RunEnd(int at, Class kind)
    {
        while (at < _rest.Length && Classify(at, out int length) == kind)
        {
            at += length;
        }

        return at;
    }

    private readonly Class Classify(int at, out int length)
    {
        char c = _rest[at];
        length = 1;
        if (char.IsAscii(c))
        {
            return char.IsAsciiLetter(c) ? Class.Letter
                : char.IsAsciiDigit(c) ? Class.Number
                : char.IsWhiteSpace(c) ? Class.Space
                : Class.Other;
        }

        // An unpaired surrogate decodes as U+FFFD, of length 1.
        Rune.DecodeFromUtf16(_rest[at..], out Rune rune, out length);
        return Rune.GetUnicodeCategory(rune) switch
        {
            <= UnicodeCategory.OtherLetter => Class.Letter,
            UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber => Class.Number,
            _ => Rune.IsWhiteSpace(rune) ? Class.Space : Class.Other,
        };
    }

    private static int ContractionLength(ReadOnlySpan<char> text) => text switch
    {
        ['\'', 's' or 't' or 'm' or 'd', ..] => 2,
        ['\'', 'r' or 'v', 'e', ..] or ['\'', 'l', 'l', ..] => 3,
        _ => 0,
    };
}
