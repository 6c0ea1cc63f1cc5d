using AlignOps.Statistics.Distributions;
using AlignOps.Statistics.Intervals;

namespace AlignOps.Statistics.Correction;

/// <summary>
/// A mean as people would find it, from many verdicts of a judge and few labels of people: μ = λ·mean(judge, unlabelled) + mean(person − λ·judge, labelled), with the λ that
/// makes the variance smallest (Angelopoulos, Duchi and Zrnic, "PPI++", 2023). Right on average whatever the judge does; a judge worth nothing gives λ = 0, people alone.
/// </summary>
/// <param name="Mean">Corrected.</param>
/// <param name="People">From the people's labels alone.</param>
/// <param name="Bias">Judge minus person on the labelled items: what the judge adds by itself.</param>
/// <param name="Weight">λ in [0, 1].</param>
public sealed record PredictionPowered(Estimate Mean, Estimate People, Estimate Bias, double Weight)
{
    /// <param name="labelled">Items that both judged, one a unit; drawn at random among all.</param>
    /// <param name="unlabelled">The judge's outcomes on the others.</param>
    /// <returns>Null below two items of either kind.</returns>
    public static PredictionPowered? Of(IReadOnlyList<(double Person, double Judge)> labelled, IReadOnlyList<double> unlabelled, double confidence = 0.95)
    {
        double n = labelled.Count, others = unlabelled.Count;
        if (n < 2 || others < 2) return null;

        var people = labelled.Select(pair => pair.Person).ToList();
        var judge = labelled.Select(pair => pair.Judge).ToList();
        double peopleMean = people.Average(), judgeMean = judge.Average();
        var covariance = labelled.Sum(pair => (pair.Person - peopleMean) * (pair.Judge - judgeMean)) / n;
        var spread = Variance([.. judge, .. unlabelled]);
        var weight = spread > 0 ? Math.Clamp(covariance / (spread * (1 + n / others)), 0, 1) : 0;

        var mean = weight * unlabelled.Average() + peopleMean - weight * judgeMean;
        var variance = weight * weight * Variance(unlabelled) / others + Variance([.. labelled.Select(pair => pair.Person - weight * pair.Judge)]) / n;
        return new PredictionPowered(
            Estimated(mean, variance, confidence),
            Estimated(peopleMean, Variance(people) / n, confidence),
            Estimated(judgeMean - peopleMean, Variance([.. labelled.Select(pair => pair.Judge - pair.Person)]) / n, confidence),
            weight);
    }

    private static double Variance(IReadOnlyList<double> values)
    {
        var mean = values.Average();
        return values.Sum(value => (value - mean) * (value - mean)) / (values.Count - 1);
    }

    private static Estimate Estimated(double value, double variance, double confidence)
    {
        var error = Math.Sqrt(variance);
        var half = NormalDistribution.Quantile(0.5 + confidence / 2) * error;
        return new Estimate(value, error, value - half, value + half);
    }
}
