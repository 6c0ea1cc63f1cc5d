using System.Text;
using AlignOps.Models.Tokenization.Bpe;

namespace AlignOps.Models.Tokenization.Decoding;

/// <summary>Runs of tokens such as <c>&lt;0xE2&gt;</c> back to text; a run that is not UTF-8 becomes one U+FFFD a byte.</summary>
internal sealed class ByteFallbackDecoder : ITokenDecoder
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public List<string> Decode(List<string> tokens)
    {
        List<string> texts = [];
        List<byte> run = [];
        foreach (string token in tokens)
        {
            if (CharacterModel.ByteOf(token) is { } value)
            {
                run.Add(value);
                continue;
            }

            Flush(run, texts);
            texts.Add(token);
        }

        Flush(run, texts);
        return texts;
    }

    private static void Flush(List<byte> run, List<string> texts)
    {
        if (run.Count > 0)
        {
            byte[] bytes = [.. run];
            texts.Add(System.Text.Unicode.Utf8.IsValid(bytes) ? Strict.GetString(bytes) : new string('\uFFFD', bytes.Length));
            run.Clear();
        }
    }
}
