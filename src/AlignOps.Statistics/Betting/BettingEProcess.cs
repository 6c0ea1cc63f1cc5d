namespace AlignOps.Statistics.Betting;

/// <summary>
/// A test martingale for the mean of values in [0, 1]: K starts at 1 and K ← K·(1 + λ·(x − m₀)) with a bet λ that looks at earlier values only. While the mean is at
/// most m₀, K is a non-negative supermartingale, so it ever reaches 1/α with probability at most α (Ville): it may be looked at after every value.
/// Bets are the approximate Kelly bets of Waudby-Smith and Ramdas, "Estimating means of bounded random variables by betting" (2024):
/// λ = (μ̂ − m₀) / (σ̂² + (μ̂ − m₀)²), cut to [0, c/m₀], with μ̂ and σ̂² shrunk towards 1/2 and 1/4 by one value's worth.
/// </summary>
public sealed class BettingEProcess : IEProcess
{
    private readonly double _nullMean;
    private readonly double _logThreshold;
    private readonly double _largestBet;
    private double _sum;
    private double _squares;
    private double _mean = 0.5;
    private double _variance = 0.25;

    /// <param name="nullMean">m₀ of the hypothesis "mean ≤ m₀", in (0, 1).</param>
    /// <param name="alpha">Level in (0, 1): the process crosses at 1/α.</param>
    /// <param name="truncation">c in (0, 1): the share of the capital at risk in one bet. 1/2 is prudent; near 1 pays where values hardly vary.</param>
    public BettingEProcess(double nullMean, double alpha, double truncation = 0.5)
    {
        ThrowUnlessInside(nullMean, nameof(nullMean));
        ThrowUnlessInside(alpha, nameof(alpha));
        ThrowUnlessInside(truncation, nameof(truncation));
        _nullMean = nullMean;
        _logThreshold = -Math.Log(alpha);
        _largestBet = truncation / nullMean;
    }

    public int Count { get; private set; }

    public double LogValue { get; private set; }

    public double LogMaximum { get; private set; }

    public int? FirstCrossing { get; private set; }

    /// <summary>The bet that the next value will meet.</summary>
    public double NextBet
    {
        get
        {
            var edge = _mean - _nullMean;
            return Math.Clamp(edge / (_variance + edge * edge), 0, _largestBet);
        }
    }

    public void Observe(double value)
    {
        ThrowUnlessValue(value);
        LogValue += Math.Log(1 + NextBet * (value - _nullMean));
        Count++;
        LogMaximum = Math.Max(LogMaximum, LogValue);
        if (LogValue >= _logThreshold) FirstCrossing ??= Count;

        _sum += value;
        _mean = (0.5 + _sum) / (Count + 1);
        _squares += (value - _mean) * (value - _mean);
        _variance = (0.25 + _squares) / (Count + 1);
    }

    internal static void ThrowUnlessValue(double value)
    {
        if (!(value >= 0 && value <= 1)) throw new ArgumentOutOfRangeException(nameof(value), value, "A value to bet on lies in [0, 1].");
    }

    internal static void ThrowUnlessInside(double value, string name)
    {
        if (!(value > 0 && value < 1)) throw new ArgumentOutOfRangeException(name, value, "Expected a number strictly between 0 and 1.");
    }
}
