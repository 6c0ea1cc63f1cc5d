using AlignOps.Models.Sampling;
using AlignOps.Statistics.Distributions;
using AlignOps.Statistics.Paired;

namespace AlignOps.Benchmarks.Proofs.Real;

/// <summary>After minus before on the same pairs, with two lower ends of a two-sided 95 % interval.</summary>
/// <param name="Normal">Mean − 1.96 standard errors, pairs taken as independent.</param>
/// <param name="Bootstrap">2.5 % quantile of means of resampled conversations.</param>
internal sealed record PairedDifference(double Mean, double StandardError, double Normal, double Bootstrap, int Gained, int Lost, double SignTest)
{
    private const int Resamples = 10_000;
    private const double Tail = 0.025;

    public bool Positive => Normal > 0 && Bootstrap > 0;

    /// <param name="pairs">Source, and 1, 1/2 or 0 before and after.</param>
    public static PairedDifference Of(IReadOnlyList<(string Cluster, double Before, double After)> pairs, long seed)
    {
        // A win of the later policy on a pair is 1, a loss 0; half the difference, moved to [0, 1].
        var wins = PairedWinRate.Of([.. pairs.Select(p => (1 + p.After - p.Before) / 2)]);
        double mean = (2 * wins.WinRate) - 1, error = 2 * wins.StandardError;
        return new PairedDifference(
            mean,
            error,
            mean - (NormalDistribution.Quantile(1 - Tail) * error),
            Lower(pairs, seed),
            wins.Wins,
            wins.Losses,
            Statistics.Paired.SignTest.PValue(wins.Wins, wins.Losses));
    }

    private static double Lower(IReadOnlyList<(string Cluster, double Before, double After)> pairs, long seed)
    {
        var clusters = pairs.GroupBy(p => p.Cluster, StringComparer.Ordinal)
            .Select(group => (Sum: group.Sum(p => p.After - p.Before), Count: group.Count()))
            .ToArray();
        var random = new RandomStream(seed);
        var means = new double[Resamples];
        for (var i = 0; i < Resamples; i++)
        {
            double sum = 0;
            var count = 0;
            for (var j = 0; j < clusters.Length; j++)
            {
                var drawn = clusters[random.NextInt(clusters.Length)];
                sum += drawn.Sum;
                count += drawn.Count;
            }

            means[i] = sum / count;
        }

        Array.Sort(means);
        return means[(int)(Tail * Resamples)];
    }
}
