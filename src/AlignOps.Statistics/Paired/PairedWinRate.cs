namespace AlignOps.Statistics.Paired;

/// <summary>Outcomes of paired comparisons: 1 a win, 1/2 a tie, 0 a loss, anything between a mean of several.</summary>
/// <param name="WinRate">Mean outcome: ties count half.</param>
/// <param name="StandardError">Sample standard deviation / √n; 0 below two units.</param>
public sealed record PairedWinRate(int Count, double WinRate, double StandardError, int Wins, int Ties, int Losses)
{
    /// <summary>The share of units won, a tie half, however clearly: what is left when soft outcomes are rounded to verdicts.</summary>
    public double DiscreteWinRate => Count == 0 ? 0 : (Wins + 0.5 * Ties) / Count;

    public static PairedWinRate Of(IReadOnlyList<double> outcomes)
    {
        var count = outcomes.Count;
        if (count == 0) return new PairedWinRate(0, 0, 0, 0, 0, 0);

        var mean = outcomes.Average();
        var squares = outcomes.Sum(x => (x - mean) * (x - mean));
        return new PairedWinRate(
            count,
            mean,
            count < 2 ? 0 : Math.Sqrt(squares / (count - 1) / count),
            outcomes.Count(x => x > 0.5),
            outcomes.Count(x => x == 0.5),
            outcomes.Count(x => x < 0.5));
    }
}
