namespace AlignOps.Models.Tokenization.Splitting;

/// <summary>
/// Cuts before marks of space. After every mark: Metaspace's own split. After a run of marks' first: where no merge joins a letter and a mark behind it,
/// this changes no token, and words can be remembered one by one.
/// </summary>
internal sealed class WordStartSplitter(char mark, bool everyMark) : ISplitter
{
    public void Split(ReadOnlySpan<char> text, int offset, List<int> ends)
    {
        for (int i = 1; i < text.Length; i++)
        {
            if (text[i] == mark && (everyMark || text[i - 1] != mark))
            {
                ends.Add(offset + i);
            }
        }

        if (text.Length > 0)
        {
            ends.Add(offset + text.Length);
        }
    }
}
