namespace AlignOps.Training.Objectives.Preference;

/// <summary>max(0, 1 − βΔ): SLiC's hinge on reference-adjusted log-probabilities, as in RSO (Liu et al., 2023, arXiv 2309.06657).</summary>
public sealed record HingeLoss(double Beta) : ReferencedLoss(Beta)
{
    public override PairTerm Of(PairSide chosen, PairSide rejected)
    {
        double missing = 1 - (Beta * (chosen.LogRatio - rejected.LogRatio));
        return missing > 0 ? new PairTerm(missing, -Beta, Beta) : default;
    }
}
