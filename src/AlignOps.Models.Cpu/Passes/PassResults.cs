using AlignOps.Models.Cpu.Memory;
using AlignOps.Models.Policies;

namespace AlignOps.Models.Cpu.Passes;

/// <summary>What a pass shows its caller, an array a sequence. The arrays are the pass's: the next pass uses them again.</summary>
internal sealed class PassResults
{
    private readonly ArrayStore<float> _floats = new();
    private readonly ArrayStore<bool> _flags = new();
    private readonly List<float[]> _logProbabilities = [];
    private readonly List<float[]> _entropies = [];
    private readonly List<bool[]> _likeliest = [];
    private readonly List<float> _values = [];

    public PassResults() => Statistics = new PassStatistics(_entropies, _likeliest);

    public IReadOnlyList<float[]> LogProbabilities => _logProbabilities;

    public PassStatistics Statistics { get; }

    public IReadOnlyList<float> Values => _values;

    public void Take(RowBatch batch, ScoringHead head, ValueHead values, bool statistics)
    {
        int start = 0;
        for (int i = 0; i < batch.Sequences.Count; start += batch.Sequences[i++].Scored)
        {
            int count = batch.Sequences[i].Scored;
            _logProbabilities.Add(Copy(head.Scores.Slice(start, count)));
            if (statistics)
            {
                _entropies.Add(Copy(head.Entropies.Slice(start, count)));
                _likeliest.Add(Equal(head.Scores.Slice(start, count), head.Highest.Slice(start, count)));
            }
        }

        foreach (float value in values.Values)
        {
            _values.Add(value);
        }
    }

    public void Clear()
    {
        Return(_logProbabilities, _floats);
        Return(_entropies, _floats);
        Return(_likeliest, _flags);
        _values.Clear();
    }

    private static void Return<T>(List<T[]> arrays, ArrayStore<T> store)
    {
        foreach (T[] array in arrays)
        {
            store.Return(array);
        }

        arrays.Clear();
    }

    private float[] Copy(ReadOnlySpan<float> values)
    {
        float[] array = _floats.Rent(values.Length);
        values.CopyTo(array);
        return array;
    }

    /// <summary>A token as likely as the likeliest counts as it.</summary>
    private bool[] Equal(ReadOnlySpan<float> scores, ReadOnlySpan<float> highest)
    {
        bool[] array = _flags.Rent(scores.Length);
        for (int i = 0; i < array.Length; i++)
        {
            array[i] = scores[i] >= highest[i];
        }

        return array;
    }
}
