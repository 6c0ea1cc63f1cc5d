using AlignOps.Models.Policies;
using AlignOps.Training.Examples;

namespace AlignOps.Benchmarks.Proofs.Real;

/// <summary>Does a policy prefer what people preferred, by log-probability per token?</summary>
internal static class PairScores
{
    private const int PairsAtOnce = 16;

    /// <summary>For each pair 1 (the preferred answer scores higher), 1/2 (equal) or 0.</summary>
    public static double[] Of(IPolicyModel policy, IReadOnlyList<TrainingExample> pairs, CancellationToken cancellationToken)
    {
        List<double> right = [];
        foreach (var part in pairs.Chunk(PairsAtOnce))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var scored = policy.Score([.. part.SelectMany(pair => new[] { pair.Sequence(0), pair.Sequence(1) })]);
            right.AddRange(part.Select((_, i) => Right(PerToken(scored[2 * i]), PerToken(scored[2 * i + 1]))));
        }

        return [.. right];
    }

    /// <summary>Ties count half.</summary>
    public static double Right(double preferred, double other) => preferred == other ? 0.5 : preferred > other ? 1 : 0;

    private static double PerToken(float[] logProbabilities) => logProbabilities.Average(v => (double)v);
}
