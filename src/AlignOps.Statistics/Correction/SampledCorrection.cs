using AlignOps.Statistics.Distributions;
using AlignOps.Statistics.Intervals;

namespace AlignOps.Statistics.Correction;

/// <summary>
/// <see cref="PredictionPowered"/> where people were not asked about a plain random sample but rather about what is uncertain: each label counts by the inverse of its chance
/// (Zrnic and Candès, "Active statistical inference", 2024). An item gives λ·judge + asked/chance · (person − λ·judge), a cluster the mean of its items, and the estimate is the mean of
/// the clusters with the λ in [0, 1] that varies least. Right on average whatever the judge does and whatever is thought uncertain. Errors are the jackknife's over clusters, which knows
/// that centre and λ were estimated too; intervals are Student's on the scale of log-odds, with one degree of freedom less than labels of equal weight would be worth as much, and hold
/// for one look.
/// </summary>
/// <param name="Mean">As people would find it.</param>
/// <param name="People">From the labels alone.</param>
/// <param name="Bias">Judge minus people: what the judge adds by itself.</param>
/// <param name="Raw">The judge's mean over all items.</param>
/// <param name="Weight">λ.</param>
/// <param name="Labels">Items that people were asked about and answered.</param>
/// <param name="Clusters">Clusters of all items.</param>
public sealed record SampledCorrection(Estimate Mean, Estimate People, Estimate Bias, double Raw, double Weight, int Labels, int Clusters)
{
    private const int Fewest = 2;

    /// <returns>Null below two clusters with a label.</returns>
    public static SampledCorrection? Of(IReadOnlyList<SampledLabel> items, double confidence = 0.95)
    {
        var clusters = items.GroupBy(item => item.Cluster, StringComparer.Ordinal).Select(cluster => cluster.ToList()).ToList();
        var asked = clusters.Select(cluster => cluster.Where(item => item is { Person: not null, Asked: true }).Sum(item => 1 / (item.Inclusion * cluster.Count))).Where(weight => weight > 0).ToList();
        if (asked.Count < Fewest) return null;

        var sums = clusters.Select(SampledSums.Of).ToList();
        var all = SampledSums.Total(sums);
        var found = all.Solve();
        var others = sums.Select(own => all.Without(own).Solve()).ToList();
        var worth = asked.Sum() * asked.Sum() / asked.Sum(weight => weight * weight);
        var quantile = StudentDistribution.Quantile(0.5 + confidence / 2, Math.Max(1, worth - 1));
        var rare = 1 - Math.Pow((1 - confidence) / 2, 1 / worth);
        return new SampledCorrection(
            Share(found.Mean, Error(others.Select(other => other.Mean)), quantile, rare),
            Share(found.People, Error(others.Select(other => other.People)), quantile, rare),
            Straight(found.Bias, Error(others.Select(other => other.Bias)), quantile),
            found.Raw, found.Lambda, items.Count(item => item is { Person: not null, Asked: true }), clusters.Count);
    }

    /// <summary>The jackknife's, with one cluster left out at a time.</summary>
    private static double Error(IEnumerable<double> others)
    {
        double[] values = [.. others];
        var mean = values.Average();
        return Math.Sqrt((values.Length - 1.0) / values.Length * values.Sum(value => (value - mean) * (value - mean)));
    }

    /// <param name="rare">What may still be where all labels say the same.</param>
    private static Estimate Share(double value, double error, double quantile, double rare)
    {
        if (value <= 0 || value >= 1 || error <= 0)
        {
            var at = Math.Clamp(value, 0, 1);
            return new Estimate(at, error, Math.Max(0, at - rare), Math.Min(1, at + rare));
        }

        var (centre, half) = (Math.Log(value / (1 - value)), quantile * error / (value * (1 - value)));
        return new Estimate(value, error, 1 / (1 + Math.Exp(half - centre)), 1 / (1 + Math.Exp(-half - centre)));
    }

    private static Estimate Straight(double value, double error, double quantile) => new(value, error, value - quantile * error, value + quantile * error);
}
