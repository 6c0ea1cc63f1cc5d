namespace AlignOps.Statistics.Resampling;

/// <summary>A statistic with each cluster left out once.</summary>
public static class Jackknife
{
    /// <summary>Σ(θ̄ − θᵢ)³ / (6·(Σ(θ̄ − θᵢ)²)^{3/2}); 0 where leaving out changes nothing.</summary>
    public static double Acceleration(IReadOnlyList<double> leftOut)
    {
        double mean = 0, squares = 0, cubes = 0;
        foreach (var value in leftOut) mean += value / leftOut.Count;
        foreach (var value in leftOut)
        {
            var d = mean - value;
            squares += d * d;
            cubes += d * d * d;
        }

        return squares > 0 && double.IsFinite(squares) ? cubes / (6 * Math.Pow(squares, 1.5)) : 0;
    }
}
