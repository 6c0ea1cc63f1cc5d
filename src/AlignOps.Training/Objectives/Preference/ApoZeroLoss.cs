namespace AlignOps.Training.Objectives.Preference;

/// <summary>APO-zero (D'Oosterlinck et al., 2024, arXiv 2408.06266): 1 − σ(βr_w) + σ(βr_l); it raises what was chosen and lowers what was not, each by itself.</summary>
public sealed record ApoZeroLoss(double Beta) : ReferencedLoss(Beta)
{
    public override PairTerm Of(PairSide chosen, PairSide rejected)
    {
        double liked = Logistic.Sigma(Beta * chosen.LogRatio), disliked = Logistic.Sigma(Beta * rejected.LogRatio);
        return new PairTerm(1 - liked + disliked, -Beta * liked * (1 - liked), Beta * disliked * (1 - disliked));
    }
}
