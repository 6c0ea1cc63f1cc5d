using AlignOps.Statistics.Distributions;

namespace AlignOps.Statistics.Planning;

/// <summary>How many units one look at the end needs, by the normal approximation.</summary>
public static class SampleSize
{
    /// <summary>n = (z₁₋α + z_power)²·σ²/δ², rounded up: units for a one-sided test at α to find a difference δ with this power.</summary>
    /// <param name="deviation">Standard deviation of a unit's value.</param>
    /// <param name="designEffect">See <see cref="DesignEffect"/>; 1 where units are independent.</param>
    public static int Needed(double deviation, double difference, double alpha, double power, double designEffect = 1)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(difference);
        var z = Quantiles(alpha, power);
        return (int)Math.Min(int.MaxValue, Math.Ceiling(z * z * deviation * deviation * designEffect / (difference * difference) - 1e-9));
    }

    /// <summary>The smallest difference that n units find with this power.</summary>
    public static double Detectable(double deviation, int count, double alpha, double power, double designEffect = 1) => Quantiles(alpha, power) * deviation * Math.Sqrt(designEffect / count);

    /// <summary>The power of n units for a difference.</summary>
    public static double Power(double deviation, double difference, int count, double alpha, double designEffect = 1) =>
        NormalDistribution.Cumulative(difference / deviation * Math.Sqrt(count / designEffect) - NormalDistribution.Quantile(1 - alpha));

    /// <summary>1 + (m − 1)·ICC: how many items in clusters of m tell as much as one independent item (Kish, 1965).</summary>
    public static double DesignEffect(double clusterSize, double intraclassCorrelation) => 1 + (clusterSize - 1) * intraclassCorrelation;

    private static double Quantiles(double alpha, double power) => NormalDistribution.Quantile(1 - alpha) + NormalDistribution.Quantile(power);
}
