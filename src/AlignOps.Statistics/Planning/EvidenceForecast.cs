using AlignOps.Statistics.Distributions;

namespace AlignOps.Statistics.Planning;

/// <summary>How many more units an e-process needs, if what comes is like what came.</summary>
/// <param name="Growth">ln of the factor by which a unit multiplies the capital, under the best bet for the values seen; at most the bet's own.</param>
/// <param name="Deviation">Its standard deviation from unit to unit.</param>
/// <param name="More">Units that bring the capital to the bound with the power asked for; null where the values seen do not point that way at all.</param>
public sealed record EvidenceForecast(double Growth, double Deviation, int? More)
{
    private const int Most = 1_000_000;

    /// <param name="values">Units seen, in [0, 1].</param>
    /// <param name="logEvidence">ln of the capital now.</param>
    /// <param name="logBound">ln of what it has to reach.</param>
    /// <param name="power">Chance that it is reached by then.</param>
    public static EvidenceForecast Of(IReadOnlyList<double> values, double nullMean, double logEvidence, double logBound, double power = 0.8, double truncation = 0.5)
    {
        var bet = Best(values, nullMean, truncation / nullMean);
        double growth = 0, squares = 0;
        foreach (var value in values)
        {
            var gain = Math.Log(1 + bet * (value - nullMean));
            growth += gain / values.Count;
            squares += gain * gain / values.Count;
        }

        var deviation = Math.Sqrt(Math.Max(0, squares - growth * growth));
        var missing = logBound - logEvidence;
        if (missing <= 0) return new EvidenceForecast(growth, deviation, 0);
        if (growth <= 1e-9) return new EvidenceForecast(growth, deviation, null);

        // n·g − z·s·√n reaches what is missing.
        var z = NormalDistribution.Quantile(power) * deviation;
        var root = (z + Math.Sqrt(z * z + 4 * growth * missing)) / (2 * growth);
        return new EvidenceForecast(growth, deviation, root * root < Most ? (int)Math.Ceiling(root * root) : null);
    }

    /// <summary>Where the mean log growth, which is concave in the bet, has its top.</summary>
    private static double Best(IReadOnlyList<double> values, double nullMean, double largest)
    {
        if (values.Count == 0 || values.Average() <= nullMean) return 0;
        return Bisection.Solve(bet => -values.Sum(value => (value - nullMean) / (1 + bet * (value - nullMean))), 0, 0, largest);
    }
}
