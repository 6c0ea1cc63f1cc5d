using System.Globalization;
using System.Text;

namespace AlignOps.Models.Tokenization.Splitting;

/// <summary>Cuts digits from the rest: each by itself, or in runs.</summary>
internal sealed class DigitSplitter(bool individually) : ISplitter
{
    public void Split(ReadOnlySpan<char> text, int offset, List<int> ends)
    {
        bool? previous = null;
        int at = 0;
        while (at < text.Length)
        {
            Rune.DecodeFromUtf16(text[at..], out Rune rune, out int length);
            bool number = IsNumber(rune);
            if (previous is not null && (previous != number || (number && individually)))
            {
                ends.Add(offset + at);
            }

            previous = number;
            at += length;
        }

        if (text.Length > 0)
        {
            ends.Add(offset + text.Length);
        }
    }

    private static bool IsNumber(Rune rune) => Rune.GetUnicodeCategory(rune) is
        UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber;
}
