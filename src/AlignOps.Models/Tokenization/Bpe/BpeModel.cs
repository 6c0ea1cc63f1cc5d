using System.Runtime.InteropServices;
using System.Text;

namespace AlignOps.Models.Tokenization.Bpe;

/// <summary>
/// The vocabulary and merges of a byte-level BPE tokenizer, as tokenizer.json states them. Immutable.
/// </summary>
internal sealed class BpeModel : IWordModel
{
    private readonly byte[]?[] _bytes;
    private readonly int[] _byteTokens = new int[256];
    private readonly BpeMerges _merges;
    private readonly Dictionary<string, int>? _wholeWords;

    /// <param name="tokens">Each ordinary token's bytes by id; null for special tokens and unused ids.</param>
    /// <param name="merges">In order of rank, each with the token it makes.</param>
    public BpeModel(byte[]?[] tokens, IReadOnlyList<(TokenPair Pair, int Result)> merges, WordModelOptions options)
    {
        _bytes = tokens;
        Options = options;
        _merges = new BpeMerges(merges);
        _wholeWords = options.IgnoreMerges
            ? Enumerable.Range(0, tokens.Length).Where(id => tokens[id] is not null).ToDictionary(id => ByteAlphabet.Spell(tokens[id]), StringComparer.Ordinal)
            : null;
        Array.Fill(_byteTokens, -1);
        for (int id = 0; id < tokens.Length; id++)
        {
            if (tokens[id] is [var single])
            {
                _byteTokens[single] = id;
            }
        }
    }

    public int VocabularySize => _bytes.Length;

    public IReadOnlyList<(TokenPair Pair, int Result)> Merges => _merges.InOrder;

    public WordModelOptions Options { get; }

    /// <summary>The bytes of an ordinary token; null for special tokens, unused ids and ids outside the vocabulary.</summary>
    public byte[]? Bytes(int id) => (uint)id < (uint)_bytes.Length ? _bytes[id] : null;

    public string? Spelling(int id) => Bytes(id) is { } bytes ? ByteAlphabet.Spell(bytes) : null;

    public int[] Encode(ReadOnlySpan<char> word)
    {
        var bytes = new byte[Encoding.UTF8.GetMaxByteCount(word.Length)];
        return Encode(bytes.AsSpan(0, Encoding.UTF8.GetBytes(word, bytes)));
    }

    /// <summary>One pre-token's bytes, merged. A byte without a token of its own becomes the unknown token, or is left out where there is none.</summary>
    public int[] Encode(ReadOnlySpan<byte> word)
    {
        if (_wholeWords is not null && _wholeWords.TryGetValue(ByteAlphabet.Spell(word), out int whole))
        {
            return [whole];
        }

        List<int> tokens = new(word.Length);
        bool unknown = false;
        foreach (byte value in word)
        {
            if (_byteTokens[value] >= 0)
            {
                tokens.Add(_byteTokens[value]);
                unknown = false;
            }
            else if (Options.Unknown is { } token && !(unknown && Options.FuseUnknown))
            {
                tokens.Add(token);
                unknown = true;
            }
        }

        return _merges.Apply(CollectionsMarshal.AsSpan(tokens));
    }
}
