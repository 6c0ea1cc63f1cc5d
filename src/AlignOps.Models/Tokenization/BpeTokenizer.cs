using System.Collections.Concurrent;
using System.Text;
using AlignOps.Data;

namespace AlignOps.Models.Tokenization;

/// <summary>
/// Byte-level BPE of the GPT-2 and SmolLM kind, with a chat template. Any text goes through it and back unchanged where the vocabulary has all bytes,
/// as a trained one does; unpaired surrogates become U+FFFD. Safe for concurrent use.
/// </summary>
public sealed class BpeTokenizer : ITokenizer
{
    private const int CachedWords = 1 << 16;
    private const int CachedWordLength = 64;

    private readonly BpeModel _model;
    private readonly Dictionary<string, int> _specials;
    private readonly ConcurrentDictionary<string, int[]> _cache = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, int[]>.AlternateLookup<ReadOnlySpan<char>> _cacheBySpan;
    private int _cached;

    internal BpeTokenizer(BpeModel model, ChatTemplate template)
    {
        _model = model;
        Template = template;
        _specials = model.SpecialTokens.ToDictionary(t => t.Content, t => t.Id, StringComparer.Ordinal);
        if (template.SpecialTokens.FirstOrDefault(t => t != ChatTemplate.Padding && !_specials.ContainsKey(t)) is { } missing)
        {
            throw new ArgumentException($"The chat template {template.Name} needs the special token {missing}.", nameof(template));
        }

        EndOfTurnToken = _specials[template.EndOfTurn];
        PaddingToken = _specials.TryGetValue(ChatTemplate.Padding, out int padding) ? padding : null;
        _cacheBySpan = _cache.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    public int VocabularySize => _model.VocabularySize;

    public ChatTemplate Template { get; }

    public IReadOnlyList<SpecialToken> SpecialTokens => _model.SpecialTokens;

    /// <summary>The token that ends an answer: a policy's end-of-sequence token.</summary>
    public int EndOfTurnToken { get; }

    /// <summary>A token that is never an answer's end; null where the vocabulary has none.</summary>
    public int? PaddingToken { get; }

    internal BpeModel Model => _model;

    public int[] Encode(string text)
    {
        List<int> tokens = [];
        Encode(text, tokens);
        return [.. tokens];
    }

    /// <summary>Decodes; special tokens and ids that no token has are left out, bytes that are not UTF-8 become U+FFFD.</summary>
    public string Decode(ReadOnlySpan<int> tokens)
    {
        List<byte> bytes = [];
        foreach (int token in tokens)
        {
            bytes.AddRange(Bytes(token));
        }

        return Encoding.UTF8.GetString([.. bytes]);
    }

    public ReadOnlySpan<byte> Bytes(int token) => _model.Bytes(token);

    public int[] EncodePrompt(IReadOnlyList<ChatMessage> messages)
    {
        List<int> tokens = [];
        foreach (TemplatePart part in Template.Prompt(messages))
        {
            if (part.IsSpecial)
            {
                tokens.Add(_specials[part.Text]);
            }
            else
            {
                Encode(part.Text, tokens);
            }
        }

        return [.. tokens];
    }

    public int[] EncodeAnswer(string answer)
    {
        List<int> tokens = [];
        Encode(answer, tokens);
        tokens.Add(EndOfTurnToken);
        return [.. tokens];
    }

    /// <summary>Writes tokenizer.json and tokenizer_config.json; the same tokenizer gives the same bytes.</summary>
    public void Save(string directory)
    {
        Directory.CreateDirectory(directory);
        TokenizerJsonWriter.Write(Path.Combine(directory, Tokenizer.ModelFile), _model);
        TokenizerConfigJson.Write(Path.Combine(directory, Tokenizer.ConfigFile), this);
    }

    private void Encode(ReadOnlySpan<char> text, List<int> tokens)
    {
        var pieces = new PreTokenizer(text, _model.SplitDigits);
        while (pieces.TryNext(out ReadOnlySpan<char> piece))
        {
            tokens.AddRange(_cacheBySpan.TryGetValue(piece, out int[]? known) ? known : EncodePiece(piece));
        }
    }

    private int[] EncodePiece(ReadOnlySpan<char> piece)
    {
        var bytes = new byte[Encoding.UTF8.GetMaxByteCount(piece.Length)];
        int[] tokens = _model.Encode(bytes.AsSpan(0, Encoding.UTF8.GetBytes(piece, bytes)));

        // The cache is bounded, and long words, which rarely come twice, stay out of it.
        if (piece.Length <= CachedWordLength && Volatile.Read(ref _cached) < CachedWords && _cacheBySpan.TryAdd(piece, tokens))
        {
            Interlocked.Increment(ref _cached);
        }

        return tokens;
    }
}
