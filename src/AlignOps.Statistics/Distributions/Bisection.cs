namespace AlignOps.Statistics.Distributions;

/// <summary>Where a growing function reaches a value: slow, sure, the same everywhere.</summary>
internal static class Bisection
{
    public static double Solve(Func<double, double> growing, double target, double low, double high)
    {
        for (var i = 0; i < 200 && high - low > 1e-15 * Math.Max(1e-300, Math.Abs(low) + Math.Abs(high)); i++)
        {
            var middle = low + (high - low) / 2;
            if (growing(middle) < target) low = middle;
            else high = middle;
        }

        return low + (high - low) / 2;
    }
}
