using System.Runtime.CompilerServices;

namespace AlignOps.Models.Sampling;

/// <summary>
/// The noise of training as a function of (a sequence's seed, site, position, element): every engine draws the same, in any order, on any number of threads
/// and whatever else is in the batch.
/// </summary>
public static class TrainingNoise
{
    /// <summary>The site of NEFTune's noise on the embeddings.</summary>
    public const int Embedding = 0;

    /// <summary>
    /// The site of the dropout before adapters. Adapters that read the same input share its mask: each has the distribution that PEFT's dropout gives it.
    /// </summary>
    public static int Input(int layer, AdapterInput input) => 1 + (4 * layer) + (int)input;

    /// <summary>What one position draws at one site.</summary>
    public static ulong Stream(long noise, int site, int position) => unchecked((ulong)RandomStream.Derive(noise, site, position));

    /// <summary>32 random bits of an element.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Bits(ulong stream, int element)
    {
        unchecked
        {
            ulong z = stream + (((ulong)(uint)element + 1) * 0x9E3779B97F4A7C15);
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            return (uint)(z >> 32);
        }
    }

    /// <summary>Uniform on (−1, 1), a multiple of 2⁻²³ plus 2⁻²⁴, exact in fp32.</summary>
    public static float Uniform(ulong stream, int element) => ((int)(Bits(stream, element) >> 8) - (1 << 23) + 0.5f) * (1f / (1 << 23));

    /// <summary>What an element is multiplied by under inverted dropout: 0 with this probability, else 1 / (1 − probability).</summary>
    public static float Keep(ulong stream, int element, double probability) =>
        Bits(stream, element) < Threshold(probability) ? 0 : (float)(1 / (1 - probability));

    /// <summary>Elements whose bits are below this are dropped.</summary>
    public static uint Threshold(double probability) => (uint)Math.Min(uint.MaxValue, probability * (1L << 32));
}
