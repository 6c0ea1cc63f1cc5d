namespace AlignOps.Statistics.Betting;

/// <summary>
/// A test of "the mean over a suite of N items is at most m₀" while its items are drawn in random order without replacement. What is left must have mean (N·m₀ − Sₜ₋₁)/(N − t + 1)
/// for that to be so, and the bet is against that number: sharper than <see cref="BettingEProcess"/> towards the suite's end, and certain at it (Waudby-Smith and Ramdas 2024, section 5).
/// It speaks of this suite alone, not of questions like it. The order must be a seeded shuffle.
/// </summary>
public sealed class FiniteSuiteEProcess : IEProcess
{
    private readonly int _size;
    private readonly double _nullMean;
    private readonly double _logThreshold;
    private readonly double _truncation;
    private double _sum;
    private double _squares;
    private double _mean = 0.5;
    private double _variance = 0.25;

    /// <param name="size">N, the items (or clusters, where these are drawn) of the suite.</param>
    /// <param name="nullMean">m₀ in (0, 1).</param>
    /// <param name="alpha">Level in (0, 1): the process crosses at 1/α.</param>
    /// <param name="truncation">c in (0, 1): the share of the capital at risk in one bet.</param>
    public FiniteSuiteEProcess(int size, double nullMean, double alpha, double truncation = 0.5)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        BettingEProcess.ThrowUnlessInside(nullMean, nameof(nullMean));
        BettingEProcess.ThrowUnlessInside(alpha, nameof(alpha));
        BettingEProcess.ThrowUnlessInside(truncation, nameof(truncation));
        (_size, _nullMean, _logThreshold, _truncation) = (size, nullMean, -Math.Log(alpha), truncation);
    }

    public int Count { get; private set; }

    /// <summary>Positive infinity once what was seen leaves no room for the hypothesis.</summary>
    public double LogValue { get; private set; }

    public double LogMaximum { get; private set; }

    public int? FirstCrossing { get; private set; }

    /// <exception cref="InvalidOperationException">The suite has no further items.</exception>
    public void Observe(double value)
    {
        BettingEProcess.ThrowUnlessValue(value);
        if (Count == _size) throw new InvalidOperationException($"All {_size} items of the suite have been seen.");

        var left = (_size * _nullMean - _sum) / (_size - Count);
        if (left is > 0 and < 1)
        {
            var edge = _mean - left;
            LogValue += Math.Log(1 + Math.Clamp(edge / (_variance + edge * edge), 0, _truncation / left) * (value - left));
        }

        Count++;
        _sum += value;

        // Sums of tenths are not exact: beyond the hypothesis by more than rounding.
        if (_sum > _size * _nullMean + 1e-9 * _size) LogValue = double.PositiveInfinity;
        LogMaximum = Math.Max(LogMaximum, LogValue);
        if (LogValue >= _logThreshold) FirstCrossing ??= Count;

        _mean = (0.5 + _sum) / (Count + 1);
        _squares += (value - _mean) * (value - _mean);
        _variance = (0.25 + _squares) / (Count + 1);
    }
}
