using AlignOps.Models.Policies;

namespace AlignOps.Models.Cpu.Passes;

/// <summary>
/// Sequences laid end to end without padding, one row a token. Tokens that no scored token depends on have no row: at least the last of each sequence.
/// Sequences that follow each other and begin alike, such as the answers to one prompt, form a family: the rows they begin with stand once, with the family's first.
/// </summary>
internal sealed class RowBatch
{
    /// <summary>A prefix is shared where it is at least this long, and a third of the sequence: less would not repay the family's being one task.</summary>
    private const int ShortestPrefix = 4;

    private readonly List<int> _tokens = [];
    private readonly List<int> _positions = [];
    private readonly List<SequenceRows> _sequences = [];
    private readonly List<Range> _families = [];
    private readonly List<int> _scoredRows = [];
    private readonly List<int> _targets = [];

    /// <exception cref="ArgumentException">A token id outside the vocabulary, a sequence longer than the position limit, or a scored first token.</exception>
    public RowBatch(IReadOnlyList<TokenSequence> sequences, PolicyConfig config)
    {
        int first = 0;
        for (int i = 0; i < sequences.Count; i++)
        {
            PolicyInput.Check(sequences[i], config);
            int rows = Math.Max(0, Array.LastIndexOf(sequences[i].Scored, true));
            int prefix = i == 0 ? 0 : Prefix(sequences[first].Tokens, _sequences[first].Rows, sequences[i].Tokens, rows);
            if (prefix == 0 && i > 0)
            {
                _families.Add(first..i);
                first = i;
            }

            Add(sequences[i], rows, prefix, prefix > 0 ? _sequences[first].First : _tokens.Count);
        }

        if (sequences.Count > 0)
        {
            _families.Add(first..sequences.Count);
        }

        Tokens = [.. _tokens];
        Positions = [.. _positions];
        ScoredRows = [.. _scoredRows];
        Targets = [.. _targets];
    }

    public int Rows => Tokens.Length;

    public int[] Tokens { get; }

    public int[] Positions { get; }

    public IReadOnlyList<SequenceRows> Sequences => _sequences;

    /// <summary>Ranges of <see cref="Sequences"/>; the first of each owns the rows that the others begin with.</summary>
    public IReadOnlyList<Range> Families => _families;

    /// <summary>Of each scored token, the row that predicts it. Rows repeat where sequences of a family part.</summary>
    public int[] ScoredRows { get; }

    /// <summary>The scored tokens.</summary>
    public int[] Targets { get; }

    /// <summary>Cuts what was computed for all scored tokens into an array a sequence.</summary>
    public float[][] Split(ReadOnlySpan<float> scored)
    {
        var split = new float[_sequences.Count][];
        for (int i = 0, start = 0; i < split.Length; start += _sequences[i++].Scored)
        {
            split[i] = scored.Slice(start, _sequences[i].Scored).ToArray();
        }

        return split;
    }

    private static int Prefix(int[] first, int firstRows, int[] tokens, int rows)
    {
        int common = first.AsSpan(0, firstRows).CommonPrefixLength(tokens.AsSpan(0, rows));
        return common >= ShortestPrefix && 3 * common >= rows ? common : 0;
    }

    private void Add(TokenSequence sequence, int rows, int prefix, int prefixFirst)
    {
        int first = _tokens.Count;
        int before = _targets.Count;
        for (int position = 0; position < rows; position++)
        {
            if (position >= prefix)
            {
                _tokens.Add(sequence.Tokens[position]);
                _positions.Add(position);
            }

            if (sequence.Scored[position + 1])
            {
                _scoredRows.Add(position < prefix ? prefixFirst + position : first + position - prefix);
                _targets.Add(sequence.Tokens[position + 1]);
            }
        }

        _sequences.Add(new SequenceRows(prefixFirst, prefix, first, rows - prefix, _targets.Count - before));
    }
}
