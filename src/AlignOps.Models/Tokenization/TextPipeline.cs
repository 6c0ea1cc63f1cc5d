using System.Collections.Concurrent;
using System.Text;
using AlignOps.Models.Tokenization.AddedTokens;
using AlignOps.Models.Tokenization.Bpe;
using AlignOps.Models.Tokenization.Decoding;
using AlignOps.Models.Tokenization.Normalization;
using AlignOps.Models.Tokenization.Splitting;

namespace AlignOps.Models.Tokenization;

/// <summary>
/// All of tokenizer.json at work: added tokens are cut out, the rest is normalised, cut into pieces and merged. Safe for concurrent use.
/// </summary>
internal sealed class TextPipeline
{
    private const int CachedWords = 1 << 16;
    private const int CachedWordLength = 64;

    private readonly PipelineParts _parts;
    private readonly AddedTokenSplitter _raw;
    private readonly AddedTokenSplitter _normalized;
    private readonly Dictionary<int, AddedToken> _addedById;
    private readonly Dictionary<int, string> _spellings;
    private readonly ConcurrentDictionary<string, int[]> _cache = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, int[]>.AlternateLookup<ReadOnlySpan<char>> _cacheBySpan;
    private int _cached;

    public TextPipeline(PipelineParts parts)
    {
        _parts = parts;
        _raw = new AddedTokenSplitter(parts.AddedTokens.Where(t => !t.Normalized).Select(t => (t.Content, t)));
        _spellings = parts.AddedTokens.ToDictionary(t => t.Id, t => t.Normalized ? parts.Normalizer.Apply(new MaskedText(t.Content, null)).Text : t.Content);
        _normalized = new AddedTokenSplitter(parts.AddedTokens.Where(t => t.Normalized).Select(t => (_spellings[t.Id], t)));
        _addedById = parts.AddedTokens.ToDictionary(t => t.Id);
        _cacheBySpan = _cache.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>One more than the largest id.</summary>
    public int VocabularySize => Math.Max(_parts.Words.VocabularySize, _parts.AddedTokens.Select(t => t.Id + 1).DefaultIfEmpty().Max());

    public PipelineParts Parts => _parts;

    public IWordModel Words => _parts.Words;

    public AddedToken? AddedToken(int id) => _addedById.GetValueOrDefault(id);

    /// <summary>A token as tokenizer.json spells it, normalised where it is found so; null for ids that no token has.</summary>
    public string? Spelling(int id) => _spellings.TryGetValue(id, out string? added) ? added : _parts.Words.Spelling(id);

    /// <summary>Encodes; special tokens' texts count as those tokens only where the template wrote them.</summary>
    /// <param name="continues">The text goes on where another ended within a stretch: no space is put before it.</param>
    /// <param name="marks">Where to note at which character and token each stretch begins.</param>
    public void Encode(TracedText text, List<int> tokens, bool continues = false, List<StretchMark>? marks = null)
    {
        string value = WholeCharacters(text.Value);
        foreach (TextPiece piece in _raw.Split(value, text.IsTemplate))
        {
            if (piece.Token is not null)
            {
                marks?.Add(new StretchMark(piece.Start, piece.End, tokens.Count, IsAdded: true));
                tokens.Add(piece.Token.Id);
                continue;
            }

            EncodeStretch(Masked(value, text, piece.Start, piece.End), piece.Start, continues && piece.Start == 0, tokens, marks);
        }
    }

    /// <summary>The beginning of a stretch between added tokens by itself, up to a place inside it.</summary>
    public void EncodeBeginning(TracedText text, StretchMark stretch, int end, List<int> tokens) =>
        EncodeStretch(Masked(WholeCharacters(text.Value), text, stretch.Start, end), stretch.Start, stretch.Continues, tokens, marks: null);

    public string Decode(ReadOnlySpan<int> tokens, bool withSpecial = false)
    {
        List<string> spellings = [];
        foreach (int token in tokens)
        {
            bool hidden = !withSpecial && _addedById.TryGetValue(token, out AddedToken? added) && added.Special;
            if (!hidden && Spelling(token) is { } spelling)
            {
                spellings.Add(spelling);
            }
        }

        return string.Concat(_parts.Decoder.Decode(spellings));
    }

    /// <summary>A token's own UTF-8, the first of a text like any other: no space is stripped.</summary>
    public byte[] Bytes(int token) => (_addedById.TryGetValue(token, out AddedToken? added) && added.Special) || Spelling(token) is not { } spelling
        ? []
        : _parts.Words is BpeModel ? ByteLevelDecoder.BytesOf(spelling)
        : CharacterModel.ByteOf(spelling) is { } value ? [value]
        : Encoding.UTF8.GetBytes(_parts.SpaceMark is { } mark ? spelling.Replace(mark, ' ') : spelling);

    /// <param name="at">Where the stretch begins in the whole text.</param>
    private void EncodeStretch(MaskedText raw, int at, bool continues, List<int> tokens, List<StretchMark>? marks)
    {
        MaskedText text = (continues ? _parts.ContinuingNormalizer : _parts.Normalizer).Apply(raw);
        if (_normalized.IsEmpty)
        {
            marks?.Add(new StretchMark(at, at + raw.Text.Length, tokens.Count, IsAdded: false, continues));
            EncodePlain(text.Text, at == 0, continues, tokens);
            return;
        }

        foreach (TextPiece piece in _normalized.Split(text.Text, text.IsTrusted))
        {
            bool goesOn = continues || piece.Start > 0;
            if (marks is not null)
            {
                int start = at + text.OriginOf(piece.Start, raw.Text.Length);
                marks.Add(new StretchMark(start, at + text.OriginOf(piece.End, raw.Text.Length), tokens.Count, piece.Token is not null, goesOn));
            }

            if (piece.Token is not null)
            {
                tokens.Add(piece.Token.Id);
            }
            else
            {
                EncodePlain(text.Text[piece.Start..piece.End], at == 0 && piece.Start == 0, continues && piece.Start == 0, tokens);
            }
        }
    }

    private void EncodePlain(string text, bool first, bool continues, List<int> tokens)
    {
        if (_parts.Space is { } space)
        {
            text = (continues ? space with { Prepend = PrependScheme.Never } : space).Apply(text, first);
        }

        int start = 0;
        foreach (int end in Cut(text))
        {
            ReadOnlySpan<char> piece = text.AsSpan(start, end - start);
            tokens.AddRange(_cacheBySpan.TryGetValue(piece, out int[]? known) ? known : EncodeWord(piece));
            start = end;
        }
    }

    private List<int> Cut(string text)
    {
        List<int> ends = text.Length == 0 ? [] : [text.Length];
        foreach (ISplitter splitter in _parts.Splitters)
        {
            List<int> finer = new(ends.Count);
            int start = 0;
            foreach (int end in ends)
            {
                splitter.Split(text.AsSpan(start, end - start), start, finer);
                start = end;
            }

            ends = finer;
        }

        return ends;
    }

    private int[] EncodeWord(ReadOnlySpan<char> word)
    {
        int[] tokens = _parts.Words.Encode(word);

        // The cache is bounded, and long words, which rarely come twice, stay out of it.
        if (word.Length <= CachedWordLength && Volatile.Read(ref _cached) < CachedWords && _cacheBySpan.TryAdd(word, tokens))
        {
            Interlocked.Increment(ref _cached);
        }

        return tokens;
    }

    private MaskedText Masked(string value, TracedText text, int start, int end)
    {
        if (_normalized.IsEmpty)
        {
            return new MaskedText(value[start..end], null);
        }

        var trusted = new bool[end - start];
        int runStart = 0;
        foreach (TracedText.Run run in text.Runs)
        {
            int from = Math.Max(runStart, start);
            int to = Math.Min(run.End, end);
            if (from < to && run.Source == TracedText.Template)
            {
                trusted.AsSpan(from - start, to - from).Fill(true);
            }

            runStart = run.End;
        }

        return new MaskedText(value[start..end], trusted, [.. Enumerable.Range(0, end - start)]);
    }

    /// <summary>Unpaired surrogates become U+FFFD, which leaves every position where it was.</summary>
    private static string WholeCharacters(string text)
    {
        char[]? mended = null;
        for (int i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i]))
            {
                continue;
            }

            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                i++;
                continue;
            }

            mended ??= text.ToCharArray();
            mended[i] = '\uFFFD';
        }

        return mended is null ? text : new string(mended);
    }
}
