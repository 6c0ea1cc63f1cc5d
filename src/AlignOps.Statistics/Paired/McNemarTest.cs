using AlignOps.Statistics.Distributions;

namespace AlignOps.Statistics.Paired;

/// <summary>Pass or fail of two models on the same items, where only the items on which they differ tell.</summary>
/// <param name="Lost">Items the first passed and the second failed.</param>
/// <param name="Won">Items the first failed and the second passed.</param>
/// <param name="PValue">Exact, two-sided.</param>
/// <param name="Difference">(won − lost) / n, the change of the pass rate.</param>
/// <param name="StandardError">Of the difference: √(b + c − (b − c)²/n) / n.</param>
public sealed record McNemarTest(int Lost, int Won, double PValue, double Difference, double StandardError)
{
    public static McNemarTest Of(int lost, int won, int count)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(lost + won, count);
        if (count == 0) return new McNemarTest(0, 0, 1, 0, 0);

        var discordant = lost + won;
        var gap = (double)(won - lost);
        return new McNemarTest(
            lost,
            won,
            Math.Min(1, 2 * Binomial.UpperTail(discordant, Math.Max(lost, won))),
            gap / count,
            Math.Sqrt(discordant - gap * gap / count) / count);
    }
}
