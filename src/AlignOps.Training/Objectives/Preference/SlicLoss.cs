namespace AlignOps.Training.Objectives.Preference;

/// <summary>
/// The calibration term of SLiC-HF in its direct form (Zhao et al., 2023, arXiv 2305.10425): max(0, δ − s_w + s_l), on log-probabilities that are
/// neither normalised nor compared with a reference. The term −λ·s_w that keeps the policy where it was is the objective's imitation.
/// </summary>
/// <param name="Margin">δ.</param>
public sealed record SlicLoss(double Margin) : PairLoss
{
    public override bool NeedsReference => false;

    public override PairTerm Of(PairSide chosen, PairSide rejected)
    {
        double missing = Margin - chosen.Sum + rejected.Sum;
        return missing > 0 ? new PairTerm(missing, -1, 1) : default;
    }

    public override double Reward(PairSide side) => side.Sum;
}
