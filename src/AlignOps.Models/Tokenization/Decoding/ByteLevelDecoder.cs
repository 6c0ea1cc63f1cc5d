using System.Text;
using AlignOps.Models.Tokenization.Bpe;

namespace AlignOps.Models.Tokenization.Decoding;

/// <summary>GPT-2's alphabet back to bytes, and those to text; bytes that are not UTF-8 become U+FFFD.</summary>
internal sealed class ByteLevelDecoder : ITokenDecoder
{
    public List<string> Decode(List<string> tokens)
    {
        List<byte> bytes = [];
        foreach (string token in tokens)
        {
            bytes.AddRange(BytesOf(token));
        }

        return [Encoding.UTF8.GetString([.. bytes])];
    }

    /// <summary>What is not spelled in the alphabet, as some added tokens, stands for itself.</summary>
    public static byte[] BytesOf(string token) => ByteAlphabet.TryParse(token) ?? Encoding.UTF8.GetBytes(token);
}
