using AlignOps.Statistics.Distributions;

namespace AlignOps.Statistics.Intervals;

/// <summary>Wilson's score interval of a proportion: sound for small counts and near 0 and 1, where the normal interval is not.</summary>
public sealed record WilsonInterval(double Proportion, double Lower, double Upper)
{
    /// <param name="confidence">Two-sided, such as 0.95.</param>
    public static WilsonInterval Of(int successes, int count, double confidence = 0.95)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(successes);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(successes, count);
        if (count == 0) return new WilsonInterval(0, 0, 1);

        var z = NormalDistribution.Quantile(0.5 + confidence / 2);
        var share = (double)successes / count;
        var scale = 1 + z * z / count;
        var centre = (share + z * z / (2 * count)) / scale;
        var half = z * Math.Sqrt(share * (1 - share) / count + z * z / (4.0 * count * count)) / scale;
        return new WilsonInterval(share, Math.Max(0, centre - half), Math.Min(1, centre + half));
    }
}
