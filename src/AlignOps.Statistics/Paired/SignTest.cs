using AlignOps.Statistics.Distributions;

namespace AlignOps.Statistics.Paired;

/// <summary>The exact sign test: ties dropped, wins against Binomial(wins + losses, 1/2). For one look at a fixed number of items.</summary>
public static class SignTest
{
    /// <summary>One-sided p-value of "at least this many wins".</summary>
    public static double PValue(int wins, int losses) => Binomial.UpperTail(wins + losses, wins);
}
