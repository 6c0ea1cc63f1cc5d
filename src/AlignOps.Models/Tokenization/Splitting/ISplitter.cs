namespace AlignOps.Models.Tokenization.Splitting;

/// <summary>Cuts text into the pieces within which tokens merge.</summary>
internal interface ISplitter
{
    /// <summary>Adds where each piece ends; the last one ends with the text. An empty text has no piece.</summary>
    /// <param name="offset">Added to every end.</param>
    void Split(ReadOnlySpan<char> text, int offset, List<int> ends);
}
