using AlignOps.Data;
using AlignOps.Models.Tokenization;

namespace AlignOps.Tests.Training;

/// <summary>A token a character; 0 ends a turn.</summary>
internal sealed class CharacterTokenizer : ITokenizer
{
    public int VocabularySize => 128;

    public int[] Encode(string text) => [.. text.Select(c => (int)c)];

    public string Decode(ReadOnlySpan<int> tokens) => string.Concat(tokens.ToArray().Where(t => t > 0).Select(t => (char)t));

    public ReadOnlySpan<byte> Bytes(int token) => token > 0 ? new[] { (byte)token } : [];

    public int[] EncodePrompt(IReadOnlyList<ChatMessage> messages) => [.. messages.SelectMany(m => EncodeAnswer(m.Content))];

    public int[] EncodeAnswer(string answer) => [.. Encode(answer), 0];
}
