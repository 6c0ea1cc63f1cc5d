using AlignOps.Models.Sampling;
using AlignOps.Training.Objectives;

namespace AlignOps.Tests.Training.Methods;

/// <summary>What policy, reference and head might say of a plan: each sequence on its own level, so that kinks of a loss are seldom met.</summary>
internal static class MethodScores
{
    public static ScoredSequence[] Of(StepPlan plan, long seed)
    {
        var random = new RandomStream(RandomStream.Derive(seed, 17));
        return
        [
            .. plan.Sequences.Select(planned =>
            {
                double level = 0.2 + (2 * random.NextDouble());
                double[] values = [.. Enumerable.Range(0, planned.Sequence.ScoredCount).Select(_ => -level * (0.5 + random.NextDouble()))];
                return new ScoredSequence(planned, values, values.Sum() + (4 * random.NextDouble()) - 2) { Value = planned.Sequence.Valued ? 2 * random.NextNormal() : null };
            }),
        ];
    }
}
