namespace AlignOps.Statistics.Multiplicity;

/// <summary>
/// A budget of false discoveries for decisions that come week after week without end: e-LOND (Xu and Ramdas, "Online multiple testing with e-values", 2024). The t-th decision is
/// tested at αₜ = α·γₜ·(D + 1), D discoveries before it and γₜ = 1/(t·(t + 1)), which sum to 1. The false discovery rate stays at most α over all time, however the decisions
/// depend on each other. Long silence makes it strict: spend looks on decisions that matter.
/// </summary>
public sealed class ErrorBudget
{
    private readonly double _alpha;

    /// <param name="alpha">False discovery rate in (0, 1).</param>
    /// <param name="decisions">Decisions made so far.</param>
    /// <param name="discoveries">How many of them were discoveries.</param>
    public ErrorBudget(double alpha, int decisions = 0, int discoveries = 0)
    {
        if (!(alpha > 0 && alpha < 1)) throw new ArgumentOutOfRangeException(nameof(alpha), alpha, "Expected a number strictly between 0 and 1.");
        ArgumentOutOfRangeException.ThrowIfGreaterThan(discoveries, decisions);
        (_alpha, Decisions, Discoveries) = (alpha, decisions, discoveries);
    }

    public int Decisions { get; private set; }

    public int Discoveries { get; private set; }

    /// <summary>The level of the next decision: its e-value has to reach 1 through this.</summary>
    public double NextLevel => _alpha * (Discoveries + 1) / ((Decisions + 1.0) * (Decisions + 2));

    /// <param name="logEValue">ln of the decision's e-value.</param>
    /// <returns>True for a discovery.</returns>
    public bool Decide(double logEValue)
    {
        var found = logEValue >= -Math.Log(NextLevel);
        Decisions++;
        Discoveries += found ? 1 : 0;
        return found;
    }
}
