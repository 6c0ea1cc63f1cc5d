namespace AlignOps.Models.Tokenization.Decoding;

/// <summary>Joins everything, so that what follows sees one text.</summary>
internal sealed class FuseDecoder : ITokenDecoder
{
    public List<string> Decode(List<string> tokens) => [string.Concat(tokens)];
}
