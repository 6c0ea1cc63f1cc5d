namespace AlignOps.Models.Tokenization.Decoding;

/// <summary>Replaces one text by another in every token.</summary>
internal sealed class ReplaceDecoder(string pattern, string content) : ITokenDecoder
{
    public List<string> Decode(List<string> tokens) => tokens.ConvertAll(token => token.Replace(pattern, content, StringComparison.Ordinal));
}
