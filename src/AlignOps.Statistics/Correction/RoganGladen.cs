using AlignOps.Statistics.Distributions;
using AlignOps.Statistics.Intervals;

namespace AlignOps.Statistics.Correction;

/// <summary>
/// A rate as people would find it, from a judge's verdicts and the judge's own errors: π = (p + specificity − 1)/(sensitivity + specificity − 1) (Rogan and Gladen, 1978).
/// Its variance holds what is not known of the judge too.
/// </summary>
public static class RoganGladen
{
    /// <param name="positive">Verdicts "yes" among <paramref name="count"/>.</param>
    /// <param name="truePositive">Of <paramref name="positives"/> that people call yes, those that the judge does.</param>
    /// <param name="trueNegative">Of <paramref name="negatives"/> that people call no, those that the judge does.</param>
    /// <returns>Null where the judge is no better than chance: then its verdicts say nothing.</returns>
    public static Estimate? Correct(int positive, int count, int truePositive, int positives, int trueNegative, int negatives, double confidence = 0.95)
    {
        if (count == 0 || positives == 0 || negatives == 0) return null;
        double p = (double)positive / count, sensitivity = (double)truePositive / positives, specificity = (double)trueNegative / negatives;
        var worth = sensitivity + specificity - 1;
        if (worth <= 0) return null;

        var rate = (p + specificity - 1) / worth;
        var clipped = Math.Clamp(rate, 0, 1);
        var variance = (p * (1 - p) / count
            + clipped * clipped * sensitivity * (1 - sensitivity) / positives
            + (1 - clipped) * (1 - clipped) * specificity * (1 - specificity) / negatives) / (worth * worth);
        var error = Math.Sqrt(variance);
        var half = NormalDistribution.Quantile(0.5 + confidence / 2) * error;
        return new Estimate(clipped, error, Math.Clamp(rate - half, 0, 1), Math.Clamp(rate + half, 0, 1));
    }
}
