using System.Text.RegularExpressions;
using AlignOps.Models.Tokenization.Splitting;

namespace AlignOps.Tests.Models;

public sealed class PreTokenizerTests
{
    /// <summary>Text, its pieces, its pieces with digits split. Made with the pattern in Python's regex module, which sees whole code points.</summary>
    public static TheoryData<string, string[], string[]> Golden => new()
    {
        { "Hello world! 123", ["Hello", " world", "!", " 123"], ["Hello", " world", "!", " ", "1", "2", "3"] },
        { "  two  spaces ", [" ", " two", " ", " spaces", " "], [" ", " two", " ", " spaces", " "] },
        { "I'll they've 'twas it's we'RE", ["I", "'ll", " they", "'ve", " '", "twas", " it", "'s", " we", "'", "RE"], ["I", "'ll", " they", "'ve", " '", "twas", " it", "'s", " we", "'", "RE"] },
        { "a\n\n b\t\tc \n", ["a", "\n\n", " b", "\t", "\t", "c", " \n"], ["a", "\n\n", " b", "\t", "\t", "c", " \n"] },
        { "x\u00b2\u00bd\u2167 \u06634", ["x", "\u00b2\u00bd\u2167", " \u06634"], ["x", "\u00b2", "\u00bd", "\u2167", " ", "\u0663", "4"] },
        { "\u65e5\u672c\u8a9e \u30c6\u30b9\u30c8", ["\u65e5\u672c\u8a9e", " \u30c6\u30b9\u30c8"], ["\u65e5\u672c\u8a9e", " \u30c6\u30b9\u30c8"] },
        { "\ud835\udc00\ud835\udc01 \ud801\udc00 \ud83d\ude00\ud83d\ude00 e\u0301", ["\ud835\udc00\ud835\udc01", " \ud801\udc00", " \ud83d\ude00\ud83d\ude00", " e", "\u0301"], ["\ud835\udc00\ud835\udc01", " \ud801\udc00", " \ud83d\ude00\ud83d\ude00", " e", "\u0301"] },
        { "''s'd", ["''", "s", "'d"], ["''", "s", "'d"] },
        { "a\u00a0b\u2003\u2003c", ["a", "\u00a0", "b", "\u2003", "\u2003", "c"], ["a", "\u00a0", "b", "\u2003", "\u2003", "c"] },
        { "  1  22 ", [" ", " 1", " ", " 22", " "], ["  ", "1", "  ", "2", "2", " "] },
        { "<|im_end|>\n<|end|>", ["<|", "im", "_", "end", "|>", "\n", "<|", "end", "|>"], ["<|", "im", "_", "end", "|>", "\n", "<|", "end", "|>"] },
        { " ", [" "], [" "] },
        { "\n", ["\n"], ["\n"] },
        { "don't won't", ["don", "'t", " won", "'t"], ["don", "'t", " won", "'t"] },
        { "na\u00efve caf\u00e9's", ["na\u00efve", " caf\u00e9", "'s"], ["na\u00efve", " caf\u00e9", "'s"] },
        { " \u0301x", [" \u0301", "x"], [" \u0301", "x"] },
        { "A1b2", ["A", "1", "b", "2"], ["A", "1", "b", "2"] },
        { "...?!  --x", ["...?!", " ", " --", "x"], ["...?!", " ", " --", "x"] },
        { "\u200bz\u1680q", ["\u200b", "z", "\u1680", "q"], ["\u200b", "z", "\u1680", "q"] },
    };

    [Theory]
    [MemberData(nameof(Golden))]
    public void TryNext_GoldenText_CutsAsThePatternDoes(string text, string[] pieces, string[] piecesOfSplitDigits)
    {
        Assert.Equal(pieces, Cut(text, splitDigits: false));
        Assert.Equal(piecesOfSplitDigits, Cut(text, splitDigits: true));
    }

    [Fact]
    public void TryNext_RandomTextOfTheBasicPlane_AgreesWithTheRegex()
    {
        var pattern = new Regex(@"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+", RegexOptions.CultureInvariant);
        const string Alphabet = "aZé日 ' stremvld09²Ⅷ.,|<>\n\t\r\u00A0\u2003\u0301\u200B  ";
        var random = new Random(11);
        for (int round = 0; round < 3000; round++)
        {
            string text = new([.. Enumerable.Range(0, random.Next(24)).Select(_ => Alphabet[random.Next(Alphabet.Length)])]);

            Assert.Equal(pattern.Matches(text).Select(m => m.Value), Cut(text, splitDigits: false));
            Assert.Equal(
                Regex.Matches(text, @"\p{N}|\P{N}+").SelectMany(part => pattern.Matches(part.Value)).Select(m => m.Value),
                Cut(text, splitDigits: true));
        }
    }

    private static List<string> Cut(string text, bool splitDigits)
    {
        List<string> pieces = [];
        var cutter = new PreTokenizer(text, splitDigits);
        while (cutter.TryNext(out ReadOnlySpan<char> piece))
        {
            pieces.Add(piece.ToString());
        }

        return pieces;
    }
}
