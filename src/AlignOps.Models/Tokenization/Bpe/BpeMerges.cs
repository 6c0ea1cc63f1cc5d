namespace AlignOps.Models.Tokenization.Bpe;

/// <summary>The pairs that merge, by rank, and what each makes. Immutable.</summary>
internal sealed class BpeMerges
{
    private readonly Dictionary<TokenPair, Merge> _merges;

    /// <param name="merges">In order of rank, each with the token it makes.</param>
    public BpeMerges(IReadOnlyList<(TokenPair Pair, int Result)> merges)
    {
        InOrder = merges;
        _merges = new Dictionary<TokenPair, Merge>(merges.Count);
        for (int rank = 0; rank < merges.Count; rank++)
        {
            _merges.Add(merges[rank].Pair, new Merge(rank, merges[rank].Result));
        }
    }

    public IReadOnlyList<(TokenPair Pair, int Result)> InOrder { get; }

    /// <summary>Merges a word's first tokens: always the pair of the lowest rank, the leftmost first, until none is left. O(n log n).</summary>
    public int[] Apply(ReadOnlySpan<int> tokens)
    {
        if (tokens.Length < 2)
        {
            return tokens.ToArray();
        }

        var symbols = new Symbol[tokens.Length];
        for (int i = 0; i < tokens.Length; i++)
        {
            symbols[i] = new Symbol(tokens[i], i - 1, i + 1);
        }

        MergeAll(symbols);
        var result = new List<int>(tokens.Length);
        foreach (Symbol symbol in symbols)
        {
            if (symbol.Token >= 0)
            {
                result.Add(symbol.Token);
            }
        }

        return [.. result];
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
