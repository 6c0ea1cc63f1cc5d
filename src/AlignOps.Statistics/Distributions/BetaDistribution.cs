namespace AlignOps.Statistics.Distributions;

/// <summary>The beta distribution with two positive shapes.</summary>
public static class BetaDistribution
{
    public static double Cumulative(double x, double a, double b) => IncompleteBeta.Regularised(x, a, b);

    public static double Quantile(double probability, double a, double b) => Bisection.Solve(x => Cumulative(x, a, b), probability, 0, 1);
}
