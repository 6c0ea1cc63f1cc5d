namespace AlignOps.Tests.Models.Conformance;

/// <summary>The integer hash of make_golden.py and make_families.py, from which weights and tokens come.</summary>
internal static class GoldenNumbers
{
    /// <summary>Uniform in [−1, 1).</summary>
    public static double Unit(int stream, int index) => (Bits(stream, index) / 2147483648.0) - 1;

    public static uint Bits(int stream, int index)
    {
        unchecked
        {
            uint x = ((uint)index * 2654435761) + ((uint)stream * 2246822519) + 374761393;
            x = (x ^ (x >> 15)) * 2246822519;
            x = (x ^ (x >> 13)) * 3266489917;
            return x ^ (x >> 16);
        }
    }
}
