namespace AlignOps.Training.Objectives.Preference;

/// <summary>
/// The odds-ratio term of ORPO (Hong et al., 2024, arXiv 2403.07691): −β·ln σ(o_w − o_l), o = ℓ − ln(1 − e^ℓ) being the log-odds of an answer by its mean
/// log-probability ℓ = s/T. The likelihood of the chosen answer is the objective's imitation.
/// </summary>
/// <param name="Beta">The paper's λ.</param>
public sealed record OddsRatioLoss(double Beta) : PairLoss
{
    // An answer that is certain has infinite odds; so near to it the loss no longer cares.
    private const double Certain = -1e-9;

    public override bool NeedsReference => false;

    public override PairTerm Of(PairSide chosen, PairSide rejected)
    {
        double ratio = LogOddsRatio(chosen, rejected), slope = -Beta * Logistic.Sigma(-ratio);
        return new PairTerm(-Beta * Logistic.LogSigma(ratio), slope * OddsSlope(chosen), -slope * OddsSlope(rejected));
    }

    public override double Reward(PairSide side) => Beta * side.Mean;

    public override IEnumerable<MetricSum> Metrics(PairSide chosen, PairSide rejected)
    {
        double ratio = LogOddsRatio(chosen, rejected);
        return [new MetricSum("log_odds_chosen", ratio, 1), new MetricSum("log_odds_ratio", Logistic.LogSigma(ratio), 1)];
    }

    private static double LogOddsRatio(PairSide chosen, PairSide rejected) => LogOdds(chosen) - LogOdds(rejected);

    private static double LogOdds(PairSide side)
    {
        double mean = Math.Min(side.Mean, Certain);
        return mean - Logistic.LogOneMinusExp(mean);
    }

    /// <summary>∂o/∂s = 1/((1 − e^ℓ)·T).</summary>
    private static double OddsSlope(PairSide side) => -1 / (Logistic.ExpMinusOne(Math.Min(side.Mean, Certain)) * side.Tokens);
}
