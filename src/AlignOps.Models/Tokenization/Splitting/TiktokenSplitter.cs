using System.Globalization;
using System.Text;

namespace AlignOps.Models.Tokenization.Splitting;

/// <summary>
/// The pattern of Llama 3 and Qwen:
/// <c>(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,D}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+</c>.
/// Written out, because .NET's \p{L} sees halves of characters outside the basic plane where the reference sees whole ones.
/// </summary>
/// <param name="digits">The most digits that stay together: 3 in Llama 3, 1 in Qwen.</param>
internal sealed class TiktokenSplitter(int digits) : ISplitter
{
    private enum Class
    {
        Letter,
        Number,
        Space,
        LineBreak,
        Other,
        End,
    }

    public void Split(ReadOnlySpan<char> text, int offset, List<int> ends)
    {
        for (int at = 0; at < text.Length;)
        {
            at = Next(text, at);
            ends.Add(offset + at);
        }
    }

    private int Next(ReadOnlySpan<char> text, int at)
    {
        if (text[at] == '\'' && ContractionLength(text[(at + 1)..]) is var contraction and > 0)
        {
            return at + 1 + contraction;
        }

        Class first = Classify(text, at, out int length);
        int second = at + length;
        Class next = Classify(text, second, out _);
        return first switch
        {
            Class.Letter => RunEnd(text, second, Class.Letter),
            Class.Space or Class.Other when next == Class.Letter => RunEnd(text, second, Class.Letter),
            Class.Number => RunEnd(text, second, Class.Number, digits - 1),
            Class.Other => LineBreaks(text, RunEnd(text, second, Class.Other)),
            Class.Space when text[at] == ' ' && next == Class.Other => LineBreaks(text, RunEnd(text, second, Class.Other)),
            _ => SpaceEnd(text, at),
        };
    }

    /// <summary>Space with a line break ends behind the last one; space before a word leaves its last character to it, or to stand alone.</summary>
    private static int SpaceEnd(ReadOnlySpan<char> text, int start)
    {
        int end = start;
        int behindBreak = -1;
        while (Classify(text, end, out _) is var kind && kind is Class.Space or Class.LineBreak)
        {
            end++;
            behindBreak = kind == Class.LineBreak ? end : behindBreak;
        }

        return behindBreak >= 0 ? behindBreak
            : end == text.Length || end == start + 1 ? end
            : end - 1;
    }

    private static int LineBreaks(ReadOnlySpan<char> text, int at)
    {
        while (at < text.Length && text[at] is '\r' or '\n')
        {
            at++;
        }

        return at;
    }

    private static int RunEnd(ReadOnlySpan<char> text, int at, Class kind, int most = int.MaxValue)
    {
        while (most-- > 0 && Classify(text, at, out int length) == kind)
        {
            at += length;
        }

        return at;
    }

    private static Class Classify(ReadOnlySpan<char> text, int at, out int length)
    {
        length = 1;
        if (at >= text.Length)
        {
            return Class.End;
        }

        char c = text[at];
        if (char.IsAscii(c))
        {
            return char.IsAsciiLetter(c) ? Class.Letter
                : char.IsAsciiDigit(c) ? Class.Number
                : c is '\r' or '\n' ? Class.LineBreak
                : char.IsWhiteSpace(c) ? Class.Space
                : Class.Other;
        }

        Rune.DecodeFromUtf16(text[at..], out Rune rune, out length);
        return Rune.GetUnicodeCategory(rune) switch
        {
            <= UnicodeCategory.OtherLetter => Class.Letter,
            UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber => Class.Number,
            _ => Rune.IsWhiteSpace(rune) ? Class.Space : Class.Other,
        };
    }

    /// <summary>Any case counts, the long s (U+017F) as an s.</summary>
    private static int ContractionLength(ReadOnlySpan<char> text) => text switch
    {
        ['s' or 'S' or '\u017F' or 't' or 'T' or 'm' or 'M' or 'd' or 'D', ..] => 1,
        ['r' or 'R' or 'v' or 'V', 'e' or 'E', ..] or ['l' or 'L', 'l' or 'L', ..] => 2,
        _ => 0,
    };
}
