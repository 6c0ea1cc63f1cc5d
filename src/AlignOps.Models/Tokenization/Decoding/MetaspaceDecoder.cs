namespace AlignOps.Models.Tokenization.Decoding;

/// <summary>Marks of space back to spaces; those of the first token are dropped where encoding had put one there.</summary>
internal sealed class MetaspaceDecoder(char mark, bool prepended) : ITokenDecoder
{
    public List<string> Decode(List<string> tokens) =>
        [.. tokens.Select((token, i) => i == 0 && prepended ? token.Replace(mark.ToString(), "", StringComparison.Ordinal) : token.Replace(mark, ' '))];
}
