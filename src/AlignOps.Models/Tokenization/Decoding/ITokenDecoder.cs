namespace AlignOps.Models.Tokenization.Decoding;

/// <summary>A step of tokenizer.json's decoder: spellings of tokens in, stretches of text out; what is left is joined.</summary>
internal interface ITokenDecoder
{
    List<string> Decode(List<string> tokens);
}
