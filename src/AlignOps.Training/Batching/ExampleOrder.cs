using AlignOps.Models.Sampling;

namespace AlignOps.Training.Batching;

/// <summary>
/// The order of the examples in an epoch as a pure function of (seed, epoch, count), so that a resumed training meets the examples it would have met.
/// </summary>
internal static class ExampleOrder
{
    public static int[] Of(long seed, int epoch, int count)
    {
        int[] order = [.. Enumerable.Range(0, count)];
        new RandomStream(RandomStream.Derive(seed, epoch)).Shuffle<int>(order);
        return order;
    }
}
