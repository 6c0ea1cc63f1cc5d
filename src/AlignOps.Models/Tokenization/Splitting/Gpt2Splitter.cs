namespace AlignOps.Models.Tokenization.Splitting;

/// <summary>GPT-2's pattern, by which ByteLevel cuts (use_regex).</summary>
internal sealed class Gpt2Splitter(bool splitDigits) : ISplitter
{
    public bool SplitsDigits => splitDigits;

    public void Split(ReadOnlySpan<char> text, int offset, List<int> ends)
    {
        var pieces = new PreTokenizer(text, splitDigits);
        while (pieces.TryNext(out ReadOnlySpan<char> piece))
        {
            offset += piece.Length;
            ends.Add(offset);
        }
    }
}
