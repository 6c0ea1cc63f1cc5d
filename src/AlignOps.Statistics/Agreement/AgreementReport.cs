using AlignOps.Statistics.Intervals;
using AlignOps.Statistics.Resampling;

namespace AlignOps.Statistics.Agreement;

/// <summary>
/// How far two raters agree, such as a judge and a person: every common coefficient with an interval from the same resamples of units. None alone tells: percent agreement
/// ignores chance, kappa collapses where one category prevails. A coefficient is null where the data do not determine it.
/// </summary>
/// <param name="Units">Units that both rated.</param>
/// <param name="Percent">Share of units on which they say the same.</param>
/// <param name="Kappa">Cohen's.</param>
/// <param name="WeightedKappa">Cohen's with quadratic weights; for categories in an order.</param>
/// <param name="Ac1">Gwet's.</param>
/// <param name="Alpha">Krippendorff's, nominal.</param>
public sealed record AgreementReport(int Units, Estimate? Percent, Estimate? Kappa, Estimate? WeightedKappa, Estimate? Ac1, Estimate? Alpha)
{
    /// <param name="first">Column of one rater in <paramref name="ratings"/>.</param>
    /// <param name="second">Column of the other.</param>
    public static AgreementReport Between(Ratings ratings, int first, int second, int draws, long seed, double confidence = 0.95)
    {
        var pair = ratings.Of(first, second);
        var both = Enumerable.Range(0, pair.Count).Where(unit => pair[unit][0] != Ratings.Missing && pair[unit][1] != Ratings.Missing).ToList();
        var found = UnitBootstrap.Run(pair, draws, seed, times =>
        [
            Share(pair, both, times),
            CohenKappa.Value(pair, 0, 1, Scale.Nominal, times),
            CohenKappa.Value(pair, 0, 1, Scale.Interval, times),
            GwetCoefficient.Value(pair, Scale.Nominal, times),
            KrippendorffAlpha.Value(pair, Scale.Nominal, times),
        ]);
        var estimates = found.Select(coefficient => Estimated(coefficient, confidence)).ToList();
        return new AgreementReport(both.Count, estimates[0], estimates[1], estimates[2], estimates[3], estimates[4]);
    }

    private static double Share(Ratings pair, List<int> both, double[] times)
    {
        double alike = 0, all = 0;
        foreach (var unit in both)
        {
            all += times[unit];
            if (pair[unit][0] == pair[unit][1]) alike += times[unit];
        }

        return alike / all;
    }

    private static Estimate? Estimated(BootstrapDistribution coefficient, double confidence)
    {
        if (!double.IsFinite(coefficient.Estimate)) return null;
        var interval = coefficient.Percentile(confidence);
        return new Estimate(coefficient.Estimate, coefficient.StandardError, interval.Lower, interval.Upper);
    }
}
