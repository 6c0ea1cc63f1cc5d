using AlignOps.Models.Sampling;
using AlignOps.Training.Examples;
using AlignOps.Training.Trainers;

namespace AlignOps.Training.Batching;

/// <summary>
/// The steps of an epoch as a pure function of (seed, epoch, examples), so that a resumed training meets the examples it would have met.
/// </summary>
internal static class ExampleOrder
{
    /// <summary>Indices of the examples, a step after another; all steps but the last are full.</summary>
    public static int[][] Of(IReadOnlyList<TrainingExample> examples, TrainerOptions options, int epoch)
    {
        var random = new RandomStream(RandomStream.Derive(options.Seed, epoch));
        int[] order = [.. Enumerable.Range(0, examples.Count)];
        random.Shuffle<int>(order);
        if (options.StepsPerLengthBucket <= 1)
        {
            return [.. order.Chunk(options.PromptsPerStep)];
        }

        // Steps of similar length waste little on padding; shuffling the full steps keeps short and long ones apart from the schedule.
        int[] sorted =
        [
            .. order.Chunk(options.PromptsPerStep * options.StepsPerLengthBucket)
                .SelectMany(bucket => bucket.OrderBy(i => examples[i].Tokens)),
        ];
        int[][] steps = [.. sorted.Chunk(options.PromptsPerStep)];
        random.Shuffle(steps.AsSpan(0, examples.Count / options.PromptsPerStep));
        return steps;
    }
}
