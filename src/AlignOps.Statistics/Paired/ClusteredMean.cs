using AlignOps.Statistics.Distributions;
using AlignOps.Statistics.Intervals;

namespace AlignOps.Statistics.Paired;

/// <summary>A mean over items whose errors are shared within clusters.</summary>
/// <param name="StandardError">√(C/(C − 1) · Σ꜀(Σᵢ∈꜀(xᵢ − x̄))²)/n (Cameron and Miller, 2015); 0 below two clusters.</param>
public sealed record ClusteredMean(double Mean, double StandardError, int Items, int Clusters)
{
    /// <param name="clusters">The source of each value; null where each stands alone.</param>
    public static ClusteredMean Of(IReadOnlyList<double> values, IReadOnlyList<int>? clusters = null)
    {
        if (values.Count == 0) return new ClusteredMean(0, 0, 0, 0);

        var mean = values.Average();
        var sums = new Dictionary<int, double>();
        for (var i = 0; i < values.Count; i++)
        {
            var cluster = clusters?[i] ?? i;
            sums[cluster] = sums.GetValueOrDefault(cluster) + values[i] - mean;
        }

        var count = sums.Count;
        var error = count < 2 ? 0 : Math.Sqrt((double)count / (count - 1) * sums.Values.Sum(sum => sum * sum)) / values.Count;
        return new ClusteredMean(mean, error, values.Count, count);
    }

    /// <summary>Student's, with one degree of freedom less than clusters; everything below two clusters.</summary>
    public Interval Interval(double confidence = 0.95)
    {
        if (Clusters < 2) return new Interval(double.NegativeInfinity, double.PositiveInfinity);
        var half = StudentDistribution.Quantile(0.5 + confidence / 2, Clusters - 1) * StandardError;
        return new Interval(Mean - half, Mean + half);
    }

    /// <summary>One-sided p-value of "the mean is above <paramref name="bound"/>", for one look at a fixed number of items.</summary>
    public double PValueAbove(double bound)
    {
        if (Clusters < 2) return 1;
        if (StandardError == 0) return Mean > bound ? 0 : 1;
        return StudentDistribution.Cumulative((bound - Mean) / StandardError, Clusters - 1);
    }
}
