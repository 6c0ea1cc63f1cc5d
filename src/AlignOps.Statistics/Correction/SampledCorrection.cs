using AlignOps.Statistics.Distributions;
using AlignOps.Statistics.Intervals;

namespace AlignOps.Statistics.Correction;

/// <summary>
/// <see cref="PredictionPowered"/> where people were not asked about a plain random sample but rather about what is uncertain: each label counts by the inverse of its chance
/// (Zrnic and Candès, "Active statistical inference", 2024). An item gives λ·judge + asked/chance · (person − λ·judge), a cluster the mean of its items, and the estimate is the mean of
/// the clusters with the λ in [0, 1] that varies least. Right on average whatever the judge does and whatever is thought uncertain; intervals are Student's, with one degree of freedom less
/// than clusters with a label, and hold for one look.
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
        var labelled = clusters.Count(cluster => cluster.Any(item => item is { Person: not null, Asked: true }));
        if (labelled < Fewest) return null;

        double weights = 0, people = 0, bias = 0;
        foreach (var cluster in clusters)
        {
            foreach (var item in cluster.Where(item => item.Person is not null))
            {
                var weight = 1 / (item.Inclusion * cluster.Count);
                weights += weight;
                people += weight * item.Person!.Value;
                bias += weight * (item.Judge - item.Person.Value);
            }
        }

        (people, bias) = (people / weights, bias / weights);
        var raw = clusters.Average(cluster => cluster.Average(item => item.Judge));

        // Both are centred first, so that an uneven number of labels does not move the level.
        var own = Means(clusters, item => Share(item) * ((item.Person ?? 0) - people));
        var judge = Means(clusters, item => (Share(item) - 1) * (item.Judge - raw));
        var spread = Covariance(judge, judge);
        var lambda = spread > 0 ? Math.Clamp(Covariance(own, judge) / spread, 0, 1) : 0;
        var quantile = StudentDistribution.Quantile(0.5 + confidence / 2, labelled - 1);
        return new SampledCorrection(
            Estimated(people, [.. own.Zip(judge, (one, other) => one - lambda * other)], quantile),
            Estimated(people, own, quantile),
            Estimated(bias, Means(clusters, item => Share(item) * (item.Judge - (item.Person ?? 0) - bias)), quantile),
            raw, lambda, items.Count(item => item is { Person: not null, Asked: true }), clusters.Count);
    }

    private static double Share(SampledLabel item) => item.Person is null ? 0 : 1 / item.Inclusion;

    private static double[] Means(List<List<SampledLabel>> clusters, Func<SampledLabel, double> value) => [.. clusters.Select(cluster => cluster.Average(value))];

    private static double Covariance(double[] one, double[] other)
    {
        double a = one.Average(), b = other.Average(), sum = 0;
        for (var i = 0; i < one.Length; i++) sum += (one[i] - a) * (other[i] - b);
        return sum / (one.Length - 1);
    }

    private static Estimate Estimated(double centre, double[] deviations, double quantile)
    {
        var value = centre + deviations.Average();
        var error = Math.Sqrt(Covariance(deviations, deviations) / deviations.Length);
        return new Estimate(value, error, value - quantile * error, value + quantile * error);
    }
}
