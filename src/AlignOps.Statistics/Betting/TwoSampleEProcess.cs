namespace AlignOps.Statistics.Betting;

/// <summary>
/// Two streams of values in [0, 1] that arrive interleaved in any proportion, and the hypothesis "the treated mean is at most the control mean plus a margin".
/// A block closes as soon as both streams have brought something since the last one; its value is the treated mean minus the control mean, and the bet on it
/// looks at earlier blocks only (Shekhar and Ramdas, "Nonparametric two-sample testing by betting", IEEE Trans. Inf. Theory 2023; the bets are those of
/// <see cref="BettingEProcess"/>). While the hypothesis is true the capital is a non-negative supermartingale: it ever reaches 1/α with probability at most α,
/// however often one looks, whatever share the streams have and however both rates drift together. One value a person: two of the same are not independent.
/// </summary>
public sealed class TwoSampleEProcess
{
    /// <summary>Differences of rates vary little, so nearly all the capital may ride on one bet.</summary>
    private const double Truncation = 0.9;

    private readonly BettingEProcess _process;
    private double _treatedSum;
    private int _treatedPending;
    private double _controlSum;
    private int _controlPending;

    /// <param name="margin">How far the treated mean may lie above the control mean, in [0, 1).</param>
    /// <param name="alpha">Level in (0, 1).</param>
    public TwoSampleEProcess(double margin, double alpha)
    {
        if (!(margin >= 0 && margin < 1)) throw new ArgumentOutOfRangeException(nameof(margin), margin, "Expected a number from 0 up to 1.");
        _process = new BettingEProcess((1 + margin) / 2, alpha, Truncation);
    }

    /// <summary>Values seen, both streams together.</summary>
    public int Count { get; private set; }

    /// <summary>Blocks that were bet on.</summary>
    public int Blocks => _process.Count;

    /// <summary>ln of the capital now.</summary>
    public double LogValue => _process.LogValue;

    /// <summary>The largest it has been, at least 0.</summary>
    public double LogMaximum => _process.LogMaximum;

    /// <summary>The hypothesis has been refused, now or earlier.</summary>
    public bool Proven => _process.FirstCrossing is not null;

    /// <summary>How many values it took to reach 1/α first; null while it has not.</summary>
    public int? FirstCrossing { get; private set; }

    /// <param name="treated">Which stream the value is from.</param>
    /// <exception cref="ArgumentOutOfRangeException">The value is not in [0, 1].</exception>
    public void Observe(bool treated, double value)
    {
        if (!(value >= 0 && value <= 1)) throw new ArgumentOutOfRangeException(nameof(value), value, "A value to bet on lies in [0, 1].");

        Count++;
        if (treated)
        {
            _treatedSum += value;
            _treatedPending++;
        }
        else
        {
            _controlSum += value;
            _controlPending++;
        }

        if (_treatedPending == 0 || _controlPending == 0) return;

        _process.Observe((1 + _treatedSum / _treatedPending - _controlSum / _controlPending) / 2);
        (_treatedSum, _treatedPending, _controlSum, _controlPending) = (0, 0, 0, 0);
        if (_process.FirstCrossing is not null) FirstCrossing ??= Count;
    }
}
