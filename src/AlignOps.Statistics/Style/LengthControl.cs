using AlignOps.Statistics.Intervals;
using AlignOps.Statistics.Regression;
using AlignOps.Statistics.Resampling;

namespace AlignOps.Statistics.Style;

/// <summary>
/// What a model's win rate would be if its answers were as long as the baseline's, in the minimal form of Dubois and others, "Length-controlled AlpacaEval" (2024):
/// logit P(win) = θ + φ·tanh(Δ/sd), Δ the baseline's length minus the model's. A judge that likes length gives φ &lt; 0. Intervals refit on resampled items, so that they hold
/// what is not known of φ too; the spread of predictions, which is often printed, does not.
/// </summary>
/// <param name="Raw">The win rate as it is.</param>
/// <param name="Controlled">σ(θ).</param>
/// <param name="Strength">θ, in log-odds.</param>
/// <param name="Length">φ.</param>
public sealed record LengthControl(string Name, Estimate Raw, Estimate Controlled, Estimate Strength, Estimate Length)
{
    private const double Ridge = 1e-6;

    /// <summary>One model by itself.</summary>
    public static LengthControl Of(LengthCompared model, int draws, long seed, double confidence = 0.95) => Pooled([model], draws, seed, confidence)[0];

    /// <summary>
    /// Several models against the same baseline under one judge: a θ each, one φ and one sd for all. For versions that differ in length alone, one φ is what the judge has.
    /// </summary>
    public static IReadOnlyList<LengthControl> Pooled(IReadOnlyList<LengthCompared> models, int draws, long seed, double confidence = 0.95)
    {
        var width = models.Count + 1;
        var deltas = models.SelectMany(model => model.LengthDifferences).ToArray();
        var deviation = Deviation(deltas);
        var targets = models.SelectMany(model => model.Outcomes).ToArray();
        var clusters = models.SelectMany(model => model.Clusters).ToArray();
        var owner = models.SelectMany((model, m) => model.Outcomes.Select(_ => m)).ToArray();
        var design = new double[targets.Length * width];
        for (var i = 0; i < targets.Length; i++)
        {
            design[i * width + owner[i]] = 1;
            design[i * width + width - 1] = deviation > 0 ? Math.Tanh(deltas[i] / deviation) : 0;
        }

        var whole = LogisticRegression.Fit(design, targets, Enumerable.Repeat(1.0, targets.Length).ToArray(), Ridge);
        var found = ClusterBootstrap.Refit(clusters.Max() + 1, draws, seed, times =>
        {
            var weights = Array.ConvertAll(clusters, cluster => times[cluster]);
            var (sums, counts) = (new double[models.Count], new double[models.Count]);
            for (var i = 0; i < targets.Length; i++)
            {
                sums[owner[i]] += weights[i] * targets[i];
                counts[owner[i]] += weights[i];
            }

            return [.. LogisticRegression.Fit(design, targets, weights, Ridge, whole), .. sums.Zip(counts, (sum, count) => sum / count)];
        });
        return [.. models.Select((model, m) => new LengthControl(
            model.Name,
            Estimated(found[width + m], confidence, x => x),
            Estimated(found[m], confidence, LogisticRegression.Sigmoid),
            Estimated(found[m], confidence, x => x),
            Estimated(found[width - 1], confidence, x => x)))];
    }

    private static double Deviation(double[] values)
    {
        if (values.Length < 2) return 0;
        var mean = values.Average();
        return Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Length - 1));
    }

    /// <param name="map">A growing function of the coefficient.</param>
    private static Estimate Estimated(BootstrapDistribution found, double confidence, Func<double, double> map)
    {
        var mapped = new BootstrapDistribution(map(found.Estimate), [.. found.Sorted.Select(map)]);
        var interval = mapped.Percentile(confidence);
        return new Estimate(mapped.Estimate, mapped.StandardError, interval.Lower, interval.Upper);
    }
}
