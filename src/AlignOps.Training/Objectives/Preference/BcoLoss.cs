namespace AlignOps.Training.Objectives.Preference;

/// <summary>BCO on pairs (Jung et al., 2024, arXiv 2404.04656), as TRL's <c>bco_pair</c>: −ln σ(βr_w) − ln σ(−βr_l), a classifier of good and bad answers.</summary>
public sealed record BcoLoss(double Beta) : ReferencedLoss(Beta)
{
    public override PairTerm Of(PairSide chosen, PairSide rejected)
    {
        double liked = Beta * chosen.LogRatio, disliked = Beta * rejected.LogRatio;
        return new PairTerm(-Logistic.LogSigma(liked) - Logistic.LogSigma(-disliked), -Beta * Logistic.Sigma(-liked), Beta * Logistic.Sigma(disliked));
    }
}
