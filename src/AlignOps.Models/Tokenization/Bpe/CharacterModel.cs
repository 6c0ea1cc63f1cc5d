using System.Globalization;
using System.Text;

namespace AlignOps.Models.Tokenization.Bpe;

/// <summary>
/// BPE over characters, as SentencePiece's models are converted (Llama 2, Mistral): a character without a token becomes its UTF-8 bytes' tokens,
/// <c>&lt;0xE2&gt;</c>, or the unknown token.
/// </summary>
internal sealed class CharacterModel : IWordModel
{
    private readonly string?[] _spellings;
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _vocabulary;
    private readonly int[]? _byteTokens;
    private readonly BpeMerges _merges;
    private readonly WordModelOptions _options;

    /// <param name="vocabulary">Ids by spelling, special tokens left out.</param>
    public CharacterModel(Dictionary<string, int> vocabulary, int size, IReadOnlyList<(TokenPair Pair, int Result)> merges, WordModelOptions options)
    {
        _options = options;
        _merges = new BpeMerges(merges);
        _vocabulary = vocabulary.GetAlternateLookup<ReadOnlySpan<char>>();
        _spellings = new string?[size];
        foreach ((string spelling, int id) in vocabulary)
        {
            _spellings[id] = spelling;
        }

        int[] bytes = [.. Enumerable.Range(0, 256).Select(value => vocabulary.GetValueOrDefault(ByteSpelling((byte)value), -1))];
        _byteTokens = options.ByteFallback ? bytes : null;
    }

    public int VocabularySize => _spellings.Length;

    public string? Spelling(int id) => (uint)id < (uint)_spellings.Length ? _spellings[id] : null;

    /// <summary>The byte that a token such as <c>&lt;0x0A&gt;</c> stands for.</summary>
    public static byte? ByteOf(string spelling) =>
        spelling.Length == 6 && spelling.StartsWith("<0x", StringComparison.Ordinal) && spelling[5] == '>'
        && byte.TryParse(spelling.AsSpan(3, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out byte value)
            ? value
            : null;

    public int[] Encode(ReadOnlySpan<char> word)
    {
        if (_options.IgnoreMerges && _vocabulary.TryGetValue(word, out int whole))
        {
            return [whole];
        }

        List<int> tokens = [];
        bool unknown = false;
        for (int at = 0; at < word.Length;)
        {
            int length = char.IsHighSurrogate(word[at]) && at + 1 < word.Length ? 2 : 1;
            ReadOnlySpan<char> character = word.Slice(at, length);
            at += length;
            if (_vocabulary.TryGetValue(character, out int token))
            {
                Settle(tokens, ref unknown);
                tokens.Add(token);
            }
            else if (!TryAddBytes(character, tokens) && _options.Unknown is not null)
            {
                // The library holds an unknown token back until the next known one, and bytes pass it meanwhile.
                if (unknown && !_options.FuseUnknown)
                {
                    tokens.Add(_options.Unknown.Value);
                }

                unknown = true;
            }
        }

        Settle(tokens, ref unknown);
        return _merges.Apply([.. tokens]);
    }

    private static string ByteSpelling(byte value) => $"<0x{value:X2}>";

    private void Settle(List<int> tokens, ref bool unknown)
    {
        if (unknown)
        {
            tokens.Add(_options.Unknown!.Value);
            unknown = false;
        }
    }

    private bool TryAddBytes(ReadOnlySpan<char> character, List<int> tokens)
    {
        if (_byteTokens is null)
        {
            return false;
        }

        Span<byte> bytes = stackalloc byte[4];
        bytes = bytes[..Encoding.UTF8.GetBytes(character, bytes)];
        foreach (byte value in bytes)
        {
            if (_byteTokens[value] < 0)
            {
                return false;
            }
        }

        foreach (byte value in bytes)
        {
            tokens.Add(_byteTokens[value]);
        }

        return true;
    }
}
