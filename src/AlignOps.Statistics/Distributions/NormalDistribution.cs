namespace AlignOps.Statistics.Distributions;

/// <summary>The standard normal distribution.</summary>
public static class NormalDistribution
{
    /// <summary>Φ(z), by the continued fraction or the series of the error integral, to about 1e-15.</summary>
    public static double Cumulative(double z)
    {
        var x = Math.Abs(z);
        var density = Math.Exp(-0.5 * x * x) / Math.Sqrt(2 * Math.PI);
        double upper;
        if (x > 4)
        {
            var fraction = 0.0;
            for (var i = 60; i >= 1; i--) fraction = i / (x + fraction);
            upper = density / (x + fraction);
        }
        else
        {
            double term = x, sum = x;
            for (var i = 3; term > sum * 1e-17; i += 2)
            {
                term *= x * x / i;
                sum += term;
            }

            upper = 0.5 - density * sum;
        }

        return z > 0 ? 1 - upper : upper;
    }

    /// <summary>The z with Φ(z) = <paramref name="probability"/>, by bisection.</summary>
    public static double Quantile(double probability)
    {
        if (!(probability > 0 && probability < 1)) throw new ArgumentOutOfRangeException(nameof(probability), probability, "Expected a number strictly between 0 and 1.");

        double low = -40, high = 40;
        while (high - low > 1e-13)
        {
            var middle = (low + high) / 2;
            if (Cumulative(middle) < probability) low = middle;
            else high = middle;
        }

        return (low + high) / 2;
    }
}
