namespace AlignOps.Training.Objectives.Preference;

/// <summary>SimPO (Meng et al., 2024, arXiv 2405.14734): −ln σ(β(ℓ_w − ℓ_l) − γ), ℓ = s/T: the policy's own measure, without a reference, and a target margin.</summary>
/// <param name="Gamma">γ: what the rewards should be apart.</param>
public sealed record SimpoLoss(double Beta, double Gamma) : PairLoss
{
    public override bool NeedsReference => false;

    public override PairTerm Of(PairSide chosen, PairSide rejected)
    {
        double margin = (Beta * (chosen.Mean - rejected.Mean)) - Gamma, slope = Beta * Logistic.Sigma(-margin);
        return new PairTerm(-Logistic.LogSigma(margin), -slope / chosen.Tokens, slope / rejected.Tokens);
    }

    public override double Reward(PairSide side) => Beta * side.Mean;
}
