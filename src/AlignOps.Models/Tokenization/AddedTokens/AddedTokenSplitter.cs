using System.Buffers;
using System.Globalization;
using System.Text;

namespace AlignOps.Models.Tokenization.AddedTokens;

/// <summary>
/// Cuts added tokens out of text as the tokenizers library does (added_vocabulary.rs): the leftmost match first, of those the longest, none overlapping;
/// a match that may not count is passed over whole.
/// </summary>
internal sealed class AddedTokenSplitter
{
    private readonly Dictionary<char, (string Content, AddedToken Token)[]> _byFirst;
    private readonly SearchValues<char> _firsts;

    /// <param name="tokens">Each token and what to look for, which differs from its content where that was normalised.</param>
    public AddedTokenSplitter(IEnumerable<(string Content, AddedToken Token)> tokens)
    {
        _byFirst = tokens.Where(t => t.Content.Length > 0).GroupBy(t => t.Content[0])
            .ToDictionary(g => g.Key, g => g.OrderByDescending(t => t.Content.Length).ToArray());
        _firsts = SearchValues.Create([.. _byFirst.Keys]);
    }

    public bool IsEmpty => _byFirst.Count == 0;

    /// <summary>The pieces of a text, in order, that cover it.</summary>
    /// <param name="mayBeSpecial">Whether a special token's text may count as that token between two positions.</param>
    public List<TextPiece> Split(string text, Func<int, int, bool> mayBeSpecial)
    {
        List<TextPiece> pieces = [];
        int done = 0;
        int from = 0;
        while (Find(text, from) is { } match)
        {
            (int start, int end, AddedToken token) = match;
            from = end;
            if ((token.Special && !mayBeSpecial(start, end)) || (token.SingleWord && TouchesWord(text, start, end)))
            {
                continue;
            }

            start = token.LeftStrip ? Math.Max(done, SpaceBefore(text, start)) : start;
            end = token.RightStrip ? SpaceBehind(text, end) : end;
            if (start > done)
            {
                pieces.Add(new TextPiece(done, start, null));
            }

            pieces.Add(new TextPiece(start, end, token));
            done = end;
        }

        if (done < text.Length)
        {
            pieces.Add(new TextPiece(done, text.Length, null));
        }

        return pieces;
    }

    private (int Start, int End, AddedToken Token)? Find(string text, int from)
    {
        while (from < text.Length)
        {
            int at = text.AsSpan(from).IndexOfAny(_firsts);
            if (at < 0)
            {
                return null;
            }

            from += at;
            foreach ((string content, AddedToken token) in _byFirst[text[from]])
            {
                if (text.AsSpan(from).StartsWith(content, StringComparison.Ordinal))
                {
                    return (from, from + content.Length, token);
                }
            }

            from++;
        }

        return null;
    }

    private static int SpaceBefore(string text, int at)
    {
        while (at > 0 && char.IsWhiteSpace(text[at - 1]))
        {
            at--;
        }

        return at;
    }

    private static int SpaceBehind(string text, int at)
    {
        while (at < text.Length && char.IsWhiteSpace(text[at]))
        {
            at++;
        }

        return at;
    }

    private static bool TouchesWord(string text, int start, int end) =>
        (Rune.DecodeLastFromUtf16(text.AsSpan(0, start), out Rune before, out _) == OperationStatus.Done && IsWord(before))
        || (Rune.DecodeFromUtf16(text.AsSpan(end), out Rune behind, out _) == OperationStatus.Done && IsWord(behind));

    /// <summary>Unicode's \w: alphabetic, marks, digits, connectors, joiners (UTS 18, annex C).</summary>
    private static bool IsWord(Rune rune) => Rune.GetUnicodeCategory(rune) switch
    {
        <= UnicodeCategory.OtherLetter => true,
        UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark => true,
        UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber or UnicodeCategory.ConnectorPunctuation => true,
        _ => rune.Value is 0x200C or 0x200D or (>= 0x24B6 and <= 0x24E9) or (>= 0x1F130 and <= 0x1F149) or (>= 0x1F150 and <= 0x1F169) or (>= 0x1F170 and <= 0x1F189),
    };
}
