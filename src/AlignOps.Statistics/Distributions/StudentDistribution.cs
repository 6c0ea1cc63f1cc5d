namespace AlignOps.Statistics.Distributions;

/// <summary>Student's t distribution.</summary>
public static class StudentDistribution
{
    public static double Cumulative(double t, double degrees)
    {
        var tail = 0.5 * IncompleteBeta.Regularised(degrees / (degrees + t * t), degrees / 2, 0.5);
        return t > 0 ? 1 - tail : tail;
    }

    public static double Quantile(double probability, double degrees)
    {
        if (!(probability > 0 && probability < 1)) throw new ArgumentOutOfRangeException(nameof(probability), probability, "Expected a number strictly between 0 and 1.");
        if (probability == 0.5) return 0;

        // By the beta quantile of the smaller tail, so that far quantiles keep their digits.
        var tail = Math.Min(probability, 1 - probability);
        var x = BetaDistribution.Quantile(2 * tail, degrees / 2, 0.5);
        var t = Math.Sqrt(degrees * (1 - x) / x);
        return probability > 0.5 ? t : -t;
    }
}
