namespace AlignOps.Statistics.Betting;

/// <summary>
/// Judges until it is decided and no further, so that a clear case costs a fraction of the suite's calls. Two e-processes on the same values, one a side: each may be looked at after
/// every value, so stopping costs no error. An equal candidate is called better with probability at most α, and worse with probability at most the level for harm, whenever one stops.
/// </summary>
public sealed class SequentialComparison
{
    private readonly IEProcess _better;
    private readonly IEProcess _worse;
    private readonly int _atLeast;
    private readonly int _atMost;

    /// <param name="alpha">Level of "better".</param>
    /// <param name="harmAlpha">Level of "worse".</param>
    /// <param name="atLeast">No answer before so many values.</param>
    /// <param name="atMost">With so many and no answer it is inconclusive.</param>
    /// <param name="nullMean">The mean of equal models.</param>
    public SequentialComparison(double alpha, double harmAlpha, int atLeast, int atMost, double nullMean = 0.5, BettingRule rule = BettingRule.Mixture)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(atMost, 1);
        (_atLeast, _atMost) = (atLeast, atMost);
        _better = MeanTest.Create(nullMean, alpha, rule: rule);
        _worse = MeanTest.Create(1 - nullMean, harmAlpha, rule: rule);
    }

    /// <summary>Values seen; after the answer none is taken in.</summary>
    public int Count => _better.Count;

    public SequentialAnswer Answer { get; private set; }

    /// <summary>ln of the evidence for "better" now.</summary>
    public double LogBetter => _better.LogValue;

    /// <summary>ln of the evidence for "worse" now.</summary>
    public double LogWorse => _worse.LogValue;

    /// <param name="value">The next unit's outcome: an item's, or a source's mean.</param>
    public SequentialAnswer Observe(double value)
    {
        if (Answer != SequentialAnswer.Open) return Answer;

        _better.Observe(value);
        _worse.Observe(1 - value);
        if (Count >= _atLeast && _worse.FirstCrossing is not null) Answer = SequentialAnswer.Worse;
        else if (Count >= _atLeast && _better.FirstCrossing is not null) Answer = SequentialAnswer.Better;
        else if (Count >= _atMost) Answer = SequentialAnswer.Inconclusive;
        return Answer;
    }
}
