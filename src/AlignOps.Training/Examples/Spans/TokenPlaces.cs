using System.Text;
using AlignOps.Models.Tokenization;

namespace AlignOps.Training.Examples.Spans;

/// <summary>Where the tokens of an answer stand in its text.</summary>
internal static class TokenPlaces
{
    /// <summary>
    /// The bytes of the text's UTF-8 that each token stands for, as start and end; an end token stands for none. Null where the tokens do not spell the text:
    /// the tokenizer normalises it. A space that some tokenizers put before a text is taken for its first token's.
    /// </summary>
    public static (int Start, int End)[]? Of(ITokenizer tokenizer, ReadOnlySpan<int> tokens, string text)
    {
        List<byte> spelled = [];
        var places = new (int Start, int End)[tokens.Length];
        for (int t = 0; t < tokens.Length; t++)
        {
            int start = spelled.Count;
            spelled.AddRange(tokenizer.Bytes(tokens[t]));
            places[t] = (start, spelled.Count);
        }

        byte[] bytes = Encoding.UTF8.GetBytes(text);
        int ahead = spelled.Count == bytes.Length + 1 && spelled[0] == ' ' ? 1 : 0;
        return spelled.Skip(ahead).SequenceEqual(bytes) ? [.. places.Select(p => (Math.Max(0, p.Start - ahead), Math.Max(0, p.End - ahead)))] : null;
    }

    /// <summary>The bytes of a stretch of characters; one that begins or ends inside a pair of surrogates takes the whole character.</summary>
    public static (int Start, int End) Bytes(string text, int start, int end)
    {
        start -= char.IsLowSurrogate(text[start]) ? 1 : 0;
        end += end < text.Length && char.IsLowSurrogate(text[end]) ? 1 : 0;
        int before = Encoding.UTF8.GetByteCount(text.AsSpan(0, start));
        return (before, before + Encoding.UTF8.GetByteCount(text.AsSpan(start, end - start)));
    }
}
