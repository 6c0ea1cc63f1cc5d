namespace AlignOps.Examples.SupportAssistant;

/// <summary>
/// SplitMix64 (Steele, Lea and Flood 2014). Its stream is part of the example: a suite or a batch of a seed stays the same bytes on every runtime.
/// </summary>
internal sealed class SeededRandom
{
    private ulong _state;

    /// <param name="stream">Names an independent stream of the same seed.</param>
    public SeededRandom(long seed, string stream)
    {
        var hash = 0xCBF29CE484222325UL;
        foreach (var letter in stream)
        {
            hash = (hash ^ letter) * 0x100000001B3UL;
        }

        _state = unchecked((ulong)seed) * 0xD1342543DE82EF95UL ^ hash;
        NextBits();
    }

    /// <summary>Uniform in [0, count).</summary>
    public int Next(int count) => (int)Math.BigMul(NextBits(), (ulong)count, out _);

    public bool Coin(double probability = 0.5) => (NextBits() >> 11) * (1.0 / (1UL << 53)) < probability;

    public T Pick<T>(IReadOnlyList<T> items) => items[Next(items.Count)];

    public void Shuffle<T>(IList<T> items)
    {
        for (var last = items.Count - 1; last > 0; last--)
        {
            var other = Next(last + 1);
            (items[last], items[other]) = (items[other], items[last]);
        }
    }

    private ulong NextBits()
    {
        var bits = _state += 0x9E3779B97F4A7C15UL;
        bits = (bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9UL;
        bits = (bits ^ (bits >> 27)) * 0x94D049BB133111EBUL;
        return bits ^ (bits >> 31);
    }
}
