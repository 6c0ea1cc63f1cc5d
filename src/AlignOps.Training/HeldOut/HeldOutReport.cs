namespace AlignOps.Training.HeldOut;

/// <summary>A policy on held-out examples, one outcome an example in their order, so that two policies can be compared in pairs.</summary>
public sealed record HeldOutReport(IReadOnlyList<HeldOutOutcome> Outcomes)
{
    public int Pairs => Outcomes.Sum(o => o.Pairs);

    /// <summary>Share of strictly ordered pairs that log-probability per token orders right; null without pairs.</summary>
    public double? PreferenceAccuracy => Pairs > 0 ? (double)Outcomes.Sum(o => o.RightPairs) / Pairs : null;

    /// <summary>Mean −log π per token of the best answers; null without examples, and of a reward model, which gives no such probability.</summary>
    public double? MeanNegativeLogLikelihood =>
        Outcomes.Any(o => o.BestTokens > 0) ? Outcomes.Sum(o => o.BestNegativeLogLikelihood) / Outcomes.Sum(o => (long)o.BestTokens) : null;
}
