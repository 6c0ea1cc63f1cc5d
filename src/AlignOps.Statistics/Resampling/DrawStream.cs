namespace AlignOps.Statistics.Resampling;

/// <summary>
/// The random numbers of one draw, a function of seed and draw number alone: draws may be made in any order and on any number of threads, and are the same.
/// SplitMix64 (Steele, Lea and Flood, 2014); its values are fixed for good.
/// </summary>
public struct DrawStream
{
    private const ulong Golden = 0x9E3779B97F4A7C15;
    private ulong _state;
    private ulong _half;
    private bool _hasHalf;

    public DrawStream(long seed, long draw)
    {
        _state = Mix(unchecked((ulong)seed * Golden + Golden)) ^ Mix(unchecked((ulong)draw * 0xD1342543DE82EF95 + 1));
    }

    public ulong NextUInt64() => Mix(_state += Golden);

    /// <summary>Uniform in [0, 1), a multiple of 2⁻⁵³.</summary>
    public double NextDouble() => (NextUInt64() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Uniform in [0, bound) without bias (Lemire, 2019), from 32 bits: two of these use one number of the stream.</summary>
    public int NextInt(int bound)
    {
        var product = Half() * (ulong)bound;
        if ((uint)product < (uint)bound)
        {
            var threshold = unchecked((uint)-bound) % (uint)bound;
            while ((uint)product < threshold) product = Half() * (ulong)bound;
        }

        return (int)(product >> 32);
    }

    private ulong Half()
    {
        if (_hasHalf)
        {
            _hasHalf = false;
            return _half;
        }

        var next = NextUInt64();
        (_half, _hasHalf) = ((uint)next, true);
        return next >> 32;
    }

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
