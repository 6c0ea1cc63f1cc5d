using AlignOps.Models.Sampling;
using AlignOps.Training.Examples;
using AlignOps.Training.Objectives;

namespace AlignOps.Tests.Training;

/// <summary>Random examples over a small vocabulary whose token 0 ends an answer.</summary>
internal static class ExampleMaker
{
    public const int Vocabulary = 12;

    public static TrainingExample[] Rankings(long seed, int count, int maxCandidates = 4)
    {
        var random = new RandomStream(seed);
        return
        [
            .. Enumerable.Range(0, count).Select(i => new TrainingExample(
                $"row-{seed}-{i}",
                Tokens(random, 1 + random.NextInt(5)),
                [.. Enumerable.Range(0, 2 + random.NextInt(maxCandidates - 1)).Select(c => Candidate(random, c == 0 ? 2 : random.NextInt(3)))])),
        ];
    }

    public static TrainingExample[] Demonstrations(long seed, int count)
    {
        var random = new RandomStream(seed);
        return [.. Enumerable.Range(0, count).Select(i => new TrainingExample($"row-{seed}-{i}", Tokens(random, 1 + random.NextInt(5)), [Candidate(random, null)]))];
    }

    /// <summary>Log-probabilities as a policy might give them, each answer on its own level so that pairs are clearly ordered.</summary>
    public static ScoredSequence[] Score(StepPlan plan, long seed)
    {
        var random = new RandomStream(seed);
        return
        [
            .. plan.Sequences.Select(planned =>
            {
                double level = 0.2 + 2 * random.NextDouble();
                return new ScoredSequence(planned, [.. Enumerable.Range(0, planned.Sequence.ScoredCount).Select(_ => -level * (0.5 + random.NextDouble()))]);
            }),
        ];
    }

    private static TrainingCandidate Candidate(RandomStream random, double? score) => new([.. Tokens(random, random.NextInt(9)), 0], score);

    private static int[] Tokens(RandomStream random, int count) => [.. Enumerable.Range(0, count).Select(_ => 1 + random.NextInt(Vocabulary - 1))];
}
