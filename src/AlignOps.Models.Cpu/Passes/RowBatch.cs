using AlignOps.Models.Policies;

namespace AlignOps.Models.Cpu.Passes;

/// <summary>
/// Sequences laid end to end without padding, one row a token. Tokens that no scored token depends on have no row: at least the last of each sequence.
/// </summary>
internal sealed class RowBatch
{
    private readonly List<int> _tokens = [];
    private readonly List<int> _positions = [];
    private readonly List<SequenceRows> _sequences = [];
    private readonly List<int> _scoredRows = [];
    private readonly List<int> _targets = [];

    /// <exception cref="ArgumentException">A token id outside the vocabulary, a sequence longer than the position limit, or a scored first token.</exception>
    public RowBatch(IReadOnlyList<TokenSequence> sequences, PolicyConfig config)
    {
        foreach (TokenSequence sequence in sequences)
        {
            Check(sequence, config);
            Add(sequence.Tokens, sequence.Scored);
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

    /// <summary>Of each scored token, the row that predicts it.</summary>
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

    private static void Check(TokenSequence sequence, PolicyConfig config)
    {
        if (sequence.Scored.Length != sequence.Tokens.Length)
        {
            throw new ArgumentException($"A sequence of {sequence.Tokens.Length} tokens says of {sequence.Scored.Length} whether they are scored.");
        }

        if (sequence.Scored is [true, ..])
        {
            throw new ArgumentException("The first token of a sequence has nothing before it and cannot be scored.");
        }

        TokenCheck.Throw(sequence.Tokens, config);
    }

    private void Add(int[] tokens, bool[] scored)
    {
        int first = _tokens.Count;
        int rows = Math.Max(0, Array.LastIndexOf(scored, true));
        int count = 0;
        for (int row = 0; row < rows; row++)
        {
            _tokens.Add(tokens[row]);
            _positions.Add(row);
            if (scored[row + 1])
            {
                _scoredRows.Add(first + row);
                _targets.Add(tokens[row + 1]);
                count++;
            }
        }

        _sequences.Add(new SequenceRows(first, rows, count));
    }
}
