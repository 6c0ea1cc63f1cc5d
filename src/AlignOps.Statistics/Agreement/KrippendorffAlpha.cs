using AlignOps.Statistics.Intervals;

namespace AlignOps.Statistics.Agreement;

/// <summary>
/// Krippendorff's alpha, 1 − observed/expected disagreement over all pairable ratings, for any number of raters with gaps (Krippendorff, "Computing Krippendorff's
/// alpha-reliability", 2011). Its interval resamples units, or their clusters.
/// </summary>
public static class KrippendorffAlpha
{
    /// <summary>Null where it does not exist: no unit with two ratings, or one category only.</summary>
    public static Estimate? Of(Ratings ratings, Scale scale, int draws, long seed, double confidence = 0.95)
    {
        var resampled = UnitBootstrap.Run(ratings, draws, seed, times => [Value(ratings, scale, times)])[0];
        if (!double.IsFinite(resampled.Estimate)) return null;
        var interval = resampled.Percentile(confidence);
        return new Estimate(resampled.Estimate, resampled.StandardError, interval.Lower, interval.Upper);
    }

    /// <param name="times">How often each unit counts.</param>
    internal static double Value(Ratings ratings, Scale scale, ReadOnlySpan<double> times)
    {
        var categories = ratings.Categories;
        var coincidences = new double[categories, categories];
        var counts = new double[categories];
        for (var unit = 0; unit < ratings.Count; unit++)
        {
            Array.Clear(counts);
            double raters = 0;
            foreach (var category in ratings[unit])
            {
                if (category == Ratings.Missing) continue;
                counts[category]++;
                raters++;
            }

            if (raters < 2) continue;
            for (var c = 0; c < categories; c++)
            {
                for (var k = 0; k < categories; k++) coincidences[c, k] += times[unit] * counts[c] * (counts[k] - (c == k ? 1 : 0)) / (raters - 1);
            }
        }

        var totals = new double[categories];
        for (var c = 0; c < categories; c++)
        {
            for (var k = 0; k < categories; k++) totals[c] += coincidences[c, k];
        }

        double all = totals.Sum(), observed = 0, expected = 0;
        for (var c = 0; c < categories; c++)
        {
            for (var k = 0; k < categories; k++)
            {
                var distance = Distance(scale, totals, c, k);
                observed += coincidences[c, k] * distance;
                expected += totals[c] * totals[k] * distance;
            }
        }

        return 1 - (all - 1) * observed / expected;
    }

    private static double Distance(Scale scale, double[] totals, int c, int k)
    {
        if (c == k) return 0;
        if (scale == Scale.Nominal) return 1;
        if (scale == Scale.Interval) return (c - k) * (c - k);

        var between = -(totals[c] + totals[k]) / 2;
        for (var g = Math.Min(c, k); g <= Math.Max(c, k); g++) between += totals[g];
        return between * between;
    }
}
