using AlignOps.Statistics.Distributions;
using AlignOps.Statistics.Intervals;

namespace AlignOps.Statistics.Agreement;

/// <summary>
/// Cohen's kappa of two raters, (pₒ − pₑ)/(1 − pₑ): agreement beyond what their own frequencies of categories give by chance; weighted, with part of the agreement for
/// neighbouring categories. It collapses where one category prevails: read it beside <see cref="GwetCoefficient"/>. The standard error is that of Fleiss, Cohen and Everitt (1969).
/// </summary>
public static class CohenKappa
{
    /// <summary>Over the units that both raters rated. Null where it does not exist: no such unit, or one category only.</summary>
    public static Estimate? Of(Ratings ratings, int first, int second, Scale scale = Scale.Nominal, double confidence = 0.95)
    {
        var weights = AgreementWeights.Of(scale, ratings.Categories);
        var table = Table(ratings, first, second, ratings.Once(), out var count);
        var (observed, expected) = Shares(table, weights);
        var kappa = (observed - expected) / (1 - expected);
        if (!double.IsFinite(kappa)) return null;

        var (rows, columns) = Margins(table);
        double sum = 0;
        for (var i = 0; i < ratings.Categories; i++)
        {
            for (var j = 0; j < ratings.Categories; j++)
            {
                double chance = 0;
                for (var k = 0; k < ratings.Categories; k++) chance += weights[i, k] * columns[k] + weights[k, j] * rows[k];
                var term = weights[i, j] * (1 - expected) - chance * (1 - observed);
                sum += table[i, j] * term * term;
            }
        }

        var centre = observed * expected - 2 * expected + observed;
        var error = Math.Sqrt(Math.Max(0, sum - centre * centre) / count) / ((1 - expected) * (1 - expected));
        var half = NormalDistribution.Quantile(0.5 + confidence / 2) * error;
        return new Estimate(kappa, error, Math.Max(-1, kappa - half), Math.Min(1, kappa + half));
    }

    /// <param name="times">How often each unit counts.</param>
    internal static double Value(Ratings ratings, int first, int second, Scale scale, ReadOnlySpan<double> times)
    {
        var (observed, expected) = Shares(Table(ratings, first, second, times, out _), AgreementWeights.Of(scale, ratings.Categories));
        return (observed - expected) / (1 - expected);
    }

    private static double[,] Table(Ratings ratings, int first, int second, ReadOnlySpan<double> times, out double count)
    {
        var table = new double[ratings.Categories, ratings.Categories];
        count = 0;
        for (var unit = 0; unit < ratings.Count; unit++)
        {
            var (a, b) = (ratings[unit][first], ratings[unit][second]);
            if (a == Ratings.Missing || b == Ratings.Missing) continue;
            table[a, b] += times[unit];
            count += times[unit];
        }

        for (var i = 0; i < ratings.Categories; i++)
        {
            for (var j = 0; j < ratings.Categories; j++) table[i, j] /= count;
        }

        return table;
    }

    private static (double Observed, double Expected) Shares(double[,] table, double[,] weights)
    {
        var (rows, columns) = Margins(table);
        double observed = 0, expected = 0;
        for (var i = 0; i < rows.Length; i++)
        {
            for (var j = 0; j < rows.Length; j++)
            {
                observed += weights[i, j] * table[i, j];
                expected += weights[i, j] * rows[i] * columns[j];
            }
        }

        return (observed, expected);
    }

    private static (double[] Rows, double[] Columns) Margins(double[,] table)
    {
        var (rows, columns) = (new double[table.GetLength(0)], new double[table.GetLength(0)]);
        for (var i = 0; i < rows.Length; i++)
        {
            for (var j = 0; j < rows.Length; j++)
            {
                rows[i] += table[i, j];
                columns[j] += table[i, j];
            }
        }

        return (rows, columns);
    }
}
