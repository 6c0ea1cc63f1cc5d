using System.Runtime.InteropServices;
using AlignOps.Models.Policies;

namespace AlignOps.Models.Cpu.Passes;

/// <summary>
/// Sequences laid end to end without padding, one row a token. Tokens that nothing asked for depends on have no row: at least the last of a sequence without a value.
/// Sequences that follow each other and begin alike, such as the answers to one prompt, form a family: the rows they begin with stand once, with the family's first.
/// Sequences with noise share rows only where the noise on them is the same. A batch is filled again for each call and allocates only where it grows.
/// </summary>
/// <param name="hidden">The policy's hidden size.</param>
internal sealed class RowBatch(int hidden)
{
    /// <summary>A prefix is shared where it is at least this long, and a third of the sequence: less would not repay the family's being one task.</summary>
    private const int ShortestPrefix = 4;

    private readonly List<int> _tokens = [];
    private readonly List<int> _positions = [];
    private readonly List<SequenceRows> _sequences = [];
    private readonly List<Range> _families = [];
    private readonly List<int> _scoredRows = [];
    private readonly List<int> _targets = [];
    private readonly List<int> _valuedRows = [];
    private readonly List<long?> _noises = [];
    private readonly List<float> _amplitudes = [];

    public int Rows => _tokens.Count;

    /// <summary>One more than the last position of a row.</summary>
    public int Positioned { get; private set; }

    public ReadOnlySpan<int> Tokens => CollectionsMarshal.AsSpan(_tokens);

    public ReadOnlySpan<int> Positions => CollectionsMarshal.AsSpan(_positions);

    /// <summary><see cref="Tokens"/> for sums that run later.</summary>
    public RowNumbers TokenNumbers => new(_tokens, 0, _tokens.Count);

    public IReadOnlyList<SequenceRows> Sequences => _sequences;

    /// <summary>Ranges of <see cref="Sequences"/>; the first of each owns the rows that the others begin with.</summary>
    public IReadOnlyList<Range> Families => _families;

    /// <summary>Of each scored token, the row that predicts it. Rows repeat where sequences of a family part.</summary>
    public ReadOnlySpan<int> ScoredRows => CollectionsMarshal.AsSpan(_scoredRows);

    /// <summary>The scored tokens.</summary>
    public ReadOnlySpan<int> Targets => CollectionsMarshal.AsSpan(_targets);

    /// <summary>The last row of each sequence whose value is asked for.</summary>
    public ReadOnlySpan<int> ValuedRows => CollectionsMarshal.AsSpan(_valuedRows);

    public RowNumbers ValuedNumbers => new(_valuedRows, 0, _valuedRows.Count);

    /// <summary>Whether a row has noise.</summary>
    public bool IsNoisy { get; private set; }

    /// <summary>The seed of each row's noise, or null.</summary>
    public ReadOnlySpan<long?> Noises => CollectionsMarshal.AsSpan(_noises);

    /// <summary>What the noise on each row's embedding is multiplied by.</summary>
    public ReadOnlySpan<float> Amplitudes => CollectionsMarshal.AsSpan(_amplitudes);

    public RowNumbers ScoredNumbers(int first, int count) => new(_scoredRows, first, count);

    /// <summary>Takes sequences that <see cref="PolicyInput"/> has passed, in place of those before.</summary>
    /// <param name="noise">Which noise training asks for; null takes the sequences as if they had none.</param>
    public void Fill(IReadOnlyList<TokenSequence> sequences, int from, int count, PassOptions? noise)
    {
        _tokens.Clear();
        _positions.Clear();
        _sequences.Clear();
        _families.Clear();
        _scoredRows.Clear();
        _targets.Clear();
        _valuedRows.Clear();
        _noises.Clear();
        _amplitudes.Clear();
        (Positioned, IsNoisy) = (0, false);
        int first = 0;
        for (int i = 0; i < count; i++)
        {
            TokenSequence sequence = sequences[from + i];
            int rows = sequence.Valued ? sequence.Tokens.Length : Math.Max(0, Array.LastIndexOf(sequence.Scored, true));
            int prefix = i == 0 || !MayShare(sequences[from + first], sequence, noise) ? 0
                : Prefix(sequences[from + first].Tokens, _sequences[first].Rows, sequence.Tokens, rows);
            if (prefix == 0 && i > 0)
            {
                _families.Add(first..i);
                first = i;
            }

            Add(sequence, rows, prefix, prefix > 0 ? _sequences[first].First : _tokens.Count, noise);
            Positioned = Math.Max(Positioned, rows);
        }

        if (count > 0)
        {
            _families.Add(first..count);
        }
    }

    /// <summary>NEFTune's amplitude hangs on the sequence's length, so equal seeds are not enough there.</summary>
    private static bool MayShare(TokenSequence a, TokenSequence b, PassOptions? noise) => noise is null
        || (noise.SharesPrefixes && a.Noise == b.Noise && (a.Noise is null || noise.NeftuneAlpha == 0 || a.Tokens.Length == b.Tokens.Length));

    private static int Prefix(int[] first, int firstRows, int[] tokens, int rows)
    {
        int common = first.AsSpan(0, firstRows).CommonPrefixLength(tokens.AsSpan(0, rows));
        return common >= ShortestPrefix && 3 * common >= rows ? common : 0;
    }

    private void Add(TokenSequence sequence, int rows, int prefix, int prefixFirst, PassOptions? noise)
    {
        long? seed = noise is null ? null : sequence.Noise;
        float amplitude = seed is null ? 0 : (float)(noise!.NeftuneAlpha / Math.Sqrt((double)sequence.Tokens.Length * hidden));
        IsNoisy |= seed is not null;
        int first = _tokens.Count;
        int before = _targets.Count;
        for (int position = 0; position < rows; position++)
        {
            if (position >= prefix)
            {
                _tokens.Add(sequence.Tokens[position]);
                _positions.Add(position);
                _noises.Add(seed);
                _amplitudes.Add(amplitude);
            }

            int row = position < prefix ? prefixFirst + position : first + position - prefix;
            if (position + 1 < sequence.Tokens.Length && sequence.Scored[position + 1])
            {
                _scoredRows.Add(row);
                _targets.Add(sequence.Tokens[position + 1]);
            }

            if (sequence.Valued && position == rows - 1)
            {
                _valuedRows.Add(row);
            }
        }

        _sequences.Add(new SequenceRows(prefixFirst, prefix, first, rows - prefix, _targets.Count - before));
    }
}
