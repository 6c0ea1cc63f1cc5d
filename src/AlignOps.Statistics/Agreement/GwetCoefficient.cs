using AlignOps.Statistics.Distributions;
using AlignOps.Statistics.Intervals;

namespace AlignOps.Statistics.Agreement;

/// <summary>
/// Gwet's AC1 (AC2 where weighted) of any number of raters, gaps allowed: chance agreement is Σπₖ(1 − πₖ)/(q − 1), small where one category prevails, so that it stays
/// readable where kappa collapses (Gwet, "Computing inter-rater reliability and its variance in the presence of high agreement", 2008). The variance is the linearised one over units.
/// </summary>
public static class GwetCoefficient
{
    /// <summary>Null where no unit has two ratings.</summary>
    public static Estimate? Of(Ratings ratings, Scale scale = Scale.Nominal, double confidence = 0.95)
    {
        var weights = AgreementWeights.Of(scale, ratings.Categories);
        var found = Measure(ratings, weights, ratings.Once());
        if (!double.IsFinite(found.Value)) return null;

        // Each unit's own contribution, agreement and chance both, about the coefficient.
        double squares = 0;
        for (var unit = 0; unit < ratings.Count; unit++)
        {
            if (found.Raters[unit] == 0) continue;
            var paired = found.Raters[unit] >= 2;
            var agreement = paired ? found.Units / found.Paired * (found.Agreement[unit] - found.Expected) / (1 - found.Expected) : 0;
            double chance = 0;
            foreach (var category in ratings[unit])
            {
                if (category != Ratings.Missing) chance += found.Scale * (1 - found.Shares[category]) / found.Raters[unit];
            }

            var own = agreement - 2 * (1 - found.Value) * (chance - found.Expected) / (1 - found.Expected) - found.Value;
            squares += own * own;
        }

        var error = Math.Sqrt(squares / (found.Units * Math.Max(1, found.Units - 1)));
        var half = found.Units < 2 ? double.PositiveInfinity : StudentDistribution.Quantile(0.5 + confidence / 2, found.Units - 1) * error;
        return new Estimate(found.Value, error, Math.Max(-1, found.Value - half), Math.Min(1, found.Value + half));
    }

    internal static double Value(Ratings ratings, Scale scale, ReadOnlySpan<double> times) => Measure(ratings, AgreementWeights.Of(scale, ratings.Categories), times).Value;

    private static Measured Measure(Ratings ratings, double[,] weights, ReadOnlySpan<double> times)
    {
        var categories = ratings.Categories;
        var measured = new Measured(new double[ratings.Count], new double[ratings.Count], new double[categories]);
        var counts = new double[categories];
        double observed = 0;
        for (var unit = 0; unit < ratings.Count; unit++)
        {
            Array.Clear(counts);
            foreach (var category in ratings[unit])
            {
                if (category == Ratings.Missing) continue;
                counts[category]++;
                measured.Raters[unit]++;
            }

            var raters = measured.Raters[unit];
            if (raters == 0) continue;
            measured.Units += times[unit];
            for (var k = 0; k < categories; k++) measured.Shares[k] += times[unit] * counts[k] / raters;
            if (raters < 2) continue;

            double pairs = 0;
            for (var k = 0; k < categories; k++)
            {
                double alike = 0;
                for (var l = 0; l < categories; l++) alike += weights[k, l] * counts[l];
                pairs += counts[k] * (alike - 1);
            }

            measured.Agreement[unit] = pairs / (raters * (raters - 1));
            observed += times[unit] * measured.Agreement[unit];
            measured.Paired += times[unit];
        }

        double total = 0, spread = 0;
        foreach (var weight in weights) total += weight;
        for (var k = 0; k < categories; k++)
        {
            measured.Shares[k] /= measured.Units;
            spread += measured.Shares[k] * (1 - measured.Shares[k]);
        }

        measured.Scale = total / (categories * (categories - 1));
        measured.Expected = measured.Scale * spread;
        measured.Value = (observed / measured.Paired - measured.Expected) / (1 - measured.Expected);
        return measured;
    }

    /// <summary>Per unit: raters and agreement of pairs; per category: its share; and what follows from them.</summary>
    private sealed record Measured(double[] Raters, double[] Agreement, double[] Shares)
    {
        public double Units { get; set; }

        public double Paired { get; set; }

        public double Scale { get; set; }

        public double Expected { get; set; }

        public double Value { get; set; }
    }
}
