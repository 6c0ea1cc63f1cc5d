namespace AlignOps.Statistics.Betting;

/// <summary>A capital that starts at 1 and, while the hypothesis is true, is expected to stay at most 1 whenever one stops: it ever reaches 1/α with probability at most α (Ville).</summary>
public interface IEProcess
{
    /// <summary>Values seen.</summary>
    int Count { get; }

    /// <summary>ln of the capital now.</summary>
    double LogValue { get; }

    /// <summary>The largest ln so far, at least 0.</summary>
    double LogMaximum { get; }

    /// <summary>How many values it took to reach 1/α first; null while it has not.</summary>
    int? FirstCrossing { get; }

    /// <exception cref="ArgumentOutOfRangeException">The value is not in [0, 1].</exception>
    void Observe(double value);
}
