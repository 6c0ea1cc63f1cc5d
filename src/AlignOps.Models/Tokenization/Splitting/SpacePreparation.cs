namespace AlignOps.Models.Tokenization.Splitting;

/// <summary>What a pre-tokenizer changes in a stretch before it is cut: spaces into marks, and one put before the first word.</summary>
/// <param name="Mark">Stands for a space; a space itself where ByteLevel adds one.</param>
/// <param name="Prepend">Whether a stretch that does not begin with a mark gets one.</param>
internal sealed record SpacePreparation(char Mark, PrependScheme Prepend)
{
    public string Apply(string text, bool first)
    {
        string marked = text.Replace(' ', Mark);
        bool wanted = Prepend == PrependScheme.Always || (Prepend == PrependScheme.First && first);
        return wanted && !marked.StartsWith(Mark) ? Mark + marked : marked;
    }
}
