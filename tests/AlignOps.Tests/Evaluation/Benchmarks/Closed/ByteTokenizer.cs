using System.Text;
using AlignOps.Data;
using AlignOps.Models.Tokenization;

namespace AlignOps.Tests.Evaluation.Benchmarks.Closed;

/// <summary>A token a byte; 256 ends a text.</summary>
internal sealed class ByteTokenizer : ITokenizer
{
    public const int End = 256;

    private static readonly byte[] All = [.. Enumerable.Range(0, 256).Select(b => (byte)b)];

    public int VocabularySize => End + 1;

    public int[] Encode(string text) => [.. Encoding.UTF8.GetBytes(text).Select(b => (int)b)];

    public string Decode(ReadOnlySpan<int> tokens) => Encoding.UTF8.GetString([.. tokens.ToArray().Where(token => token < End).Select(token => (byte)token)]);

    public ReadOnlySpan<byte> Bytes(int token) => token < End ? All.AsSpan(token, 1) : [];

    public int[] EncodePrompt(IReadOnlyList<ChatMessage> messages) => Encode(string.Concat(messages.Select(message => $"{message.Role}: {message.Content}\n")));

    public int[] EncodeAnswer(string answer) => [.. Encode(answer), End];
}
