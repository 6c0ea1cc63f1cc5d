using System.Runtime.InteropServices;

namespace AlignOps.Models.Tokenization.Bpe;

/// <summary>
/// The distinct words of a corpus as tokens, with how often each pair of neighbours occurs, kept up to date as pairs merge:
/// a merge touches only the words that hold its pair.
/// </summary>
internal sealed class PairCorpus
{
    private readonly List<int[]> _words = [];
    private readonly List<long> _counts = [];
    private readonly Dictionary<TokenPair, long> _pairCounts = [];
    private readonly Dictionary<TokenPair, List<int>> _pairWords = [];
    private readonly PriorityQueue<TokenPair, (long NegatedCount, TokenPair Pair)> _queue = new();

    public PairCorpus(IEnumerable<(int[] Symbols, long Count)> words)
    {
        foreach ((int[] symbols, long count) in words)
        {
            _words.Add(symbols);
            _counts.Add(count);
            for (int i = 0; i + 1 < symbols.Length; i++)
            {
                Count(new TokenPair(symbols[i], symbols[i + 1]), count);
                Note(new TokenPair(symbols[i], symbols[i + 1]), _words.Count - 1);
            }
        }

        foreach ((TokenPair pair, long count) in _pairCounts)
        {
            _queue.Enqueue(pair, (-count, pair));
        }
    }

    /// <summary>The pair that occurs most, the one of the lower ids on ties; null where none occurs <paramref name="least"/> times.</summary>
    public TokenPair? MostFrequent(long least)
    {
        while (_queue.TryDequeue(out TokenPair pair, out (long NegatedCount, TokenPair) rank))
        {
            long count = _pairCounts.GetValueOrDefault(pair);
            if (count == -rank.NegatedCount)
            {
                return count >= least ? pair : null;
            }

            // Counts of standing pairs only fall, so an outdated entry came too early, never too late.
            if (count > 0)
            {
                _queue.Enqueue(pair, (-count, pair));
            }
        }

        return null;
    }

    public void Merge(TokenPair pair, int merged)
    {
        HashSet<TokenPair> created = [];
        foreach (int word in _pairWords[pair])
        {
            int[] before = _words[word];
            int[] after = Replace(before, pair, merged);
            if (after.Length == before.Length)
            {
                continue; // An earlier merge took the pair apart.
            }

            for (int i = 0; i + 1 < before.Length; i++)
            {
                Count(new TokenPair(before[i], before[i + 1]), -_counts[word]);
            }

            for (int i = 0; i + 1 < after.Length; i++)
            {
                var next = new TokenPair(after[i], after[i + 1]);
                Count(next, _counts[word]);
                if (next.Left == merged || next.Right == merged)
                {
                    created.Add(next);
                    Note(next, word);
                }
            }

            _words[word] = after;
        }

        _pairWords.Remove(pair);
        _pairCounts.Remove(pair);
        foreach (TokenPair next in created)
        {
            _queue.Enqueue(next, (-_pairCounts[next], next));
        }
    }

    private static int[] Replace(int[] symbols, TokenPair pair, int merged)
    {
        var result = new List<int>(symbols.Length);
        for (int i = 0; i < symbols.Length; i++)
        {
            bool matches = i + 1 < symbols.Length && symbols[i] == pair.Left && symbols[i + 1] == pair.Right;
            result.Add(matches ? merged : symbols[i]);
            i += matches ? 1 : 0;
        }

        return [.. result];
    }

    private void Count(TokenPair pair, long change) => CollectionsMarshal.GetValueRefOrAddDefault(_pairCounts, pair, out bool _) += change;

    private void Note(TokenPair pair, int word)
    {
        ref List<int>? words = ref CollectionsMarshal.GetValueRefOrAddDefault(_pairWords, pair, out bool _);
        words ??= [];
        if (words.Count == 0 || words[^1] != word)
        {
            words.Add(word);
        }
    }
}
