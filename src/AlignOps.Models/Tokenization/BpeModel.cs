namespace AlignOps.Models.Tokenization;

/// <summary>
/// The vocabulary and merges of a byte-level BPE tokenizer, as tokenizer.json states them. Immutable.
/// </summary>
internal sealed class BpeModel
{
    private readonly byte[]?[] _bytes;
    private readonly int[] _byteTokens = new int[256];
    private readonly Dictionary<TokenPair, Merge> _merges;
    private readonly Dictionary<string, int>? _wholeWords;

    /// <param name="tokens">Each ordinary token's bytes by id; null for special tokens and unused ids.</param>
    /// <param name="merges">In order of rank, each with the token it makes.</param>
    /// <param name="ignoreMerges">A word that is itself a token is taken whole, whatever the merges say (Llama 3).</param>
    public BpeModel(
        byte[]?[] tokens, IReadOnlyList<(TokenPair Pair, int Result)> merges, IReadOnlyList<SpecialToken> specialTokens, bool splitDigits, bool ignoreMerges)
    {
        _bytes = tokens;
        Merges = merges;
        SpecialTokens = specialTokens;
        SplitDigits = splitDigits;
        IgnoreMerges = ignoreMerges;
        _merges = merges.Select((m, rank) => (m.Pair, Merge: new Merge(rank, m.Result))).ToDictionary(m => m.Pair, m => m.Merge);
        _wholeWords = ignoreMerges
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

    /// <summary>One more than the largest id.</summary>
    public int VocabularySize => _bytes.Length;

    public IReadOnlyList<(TokenPair Pair, int Result)> Merges { get; }

    public IReadOnlyList<SpecialToken> SpecialTokens { get; }

    public bool SplitDigits { get; }

    public bool IgnoreMerges { get; }

    /// <summary>The bytes of an ordinary token; null for special tokens, unused ids and ids outside the vocabulary.</summary>
    public byte[]? Bytes(int id) => (uint)id < (uint)_bytes.Length ? _bytes[id] : null;

    /// <summary>
    /// Merges one pre-token's bytes: always the pair of the lowest rank, the leftmost first, until none is left. O(n log n).
    /// A byte without a token of its own is left out, as the reference library does.
    /// </summary>
    public int[] Encode(ReadOnlySpan<byte> word)
    {
        if (_wholeWords is not null && _wholeWords.TryGetValue(ByteAlphabet.Spell(word), out int whole))
        {
            return [whole];
        }

        var symbols = new Symbol[word.Length];
        int count = 0;
        foreach (byte value in word)
        {
            if (_byteTokens[value] >= 0)
            {
                symbols[count] = new Symbol(_byteTokens[value], count - 1, count + 1);
                count++;
            }
        }

        if (count > 1)
        {
            MergeAll(symbols.AsSpan(0, count));
        }

        return [.. symbols.Take(count).Where(s => s.Token >= 0).Select(s => s.Token)];
    }

    private void MergeAll(Span<Symbol> symbols)
    {
        var queue = new PriorityQueue<(int Position, TokenPair Pair, int Result), long>(symbols.Length);
        for (int i = 0; i + 1 < symbols.Length; i++)
        {
            Offer(queue, symbols, i);
        }

        while (queue.TryDequeue(out (int Position, TokenPair Pair, int Result) candidate, out long _))
        {
            ref Symbol left = ref symbols[candidate.Position];
            if (left.Token != candidate.Pair.Left || left.Next >= symbols.Length || symbols[left.Next].Token != candidate.Pair.Right)
            {
                continue; // An earlier merge took one of the two.
            }

            ref Symbol right = ref symbols[left.Next];
            left.Token = candidate.Result;
            left.Next = right.Next;
            right.Token = -1;
            if (left.Next < symbols.Length)
            {
                symbols[left.Next].Previous = candidate.Position;
                Offer(queue, symbols, candidate.Position);
            }

            if (left.Previous >= 0)
            {
                Offer(queue, symbols, left.Previous);
            }
        }
    }

    private void Offer(PriorityQueue<(int, TokenPair, int), long> queue, Span<Symbol> symbols, int position)
    {
        var pair = new TokenPair(symbols[position].Token, symbols[symbols[position].Next].Token);
        if (_merges.TryGetValue(pair, out Merge merge))
        {
            // Rank first, then position, as one number: comparing pairs costs several times as much.
            queue.Enqueue((position, pair, merge.Result), ((long)merge.Rank << 32) | (uint)position);
        }
    }

    private readonly record struct Merge(int Rank, int Result);

    /// <summary>A token in the linked list of a word under way; −1 once it went into its left neighbour.</summary>
    private record struct Symbol(int Token, int Previous, int Next);
}
