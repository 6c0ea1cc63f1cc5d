namespace AlignOps.Training.Batching;

/// <summary>
/// The order of the examples in an epoch as a pure function of (seed, epoch, count), so that a resumed training meets the examples it would have met.
/// Fisher–Yates driven by SplitMix64 (Steele et al., 2014).
/// </summary>
internal static class ExampleOrder
{
    public static int[] Of(long seed, int epoch, int count)
    {
        ulong state = Mix((ulong)seed) ^ Mix((ulong)epoch + 0x632BE59BD9B4E019);
        int[] order = [.. Enumerable.Range(0, count)];
        for (int i = count - 1; i > 0; i--)
        {
            state += 0x9E3779B97F4A7C15;
            int j = (int)Below(Mix(state), (ulong)i + 1);
            (order[i], order[j]) = (order[j], order[i]);
        }

        return order;
    }

    /// <summary>Scales 64 random bits to [0, bound) by the high word of the product; the bias is below 2⁻³² for any bound here.</summary>
    private static ulong Below(ulong random, ulong bound) => Math.BigMul(random, bound, out _);

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
