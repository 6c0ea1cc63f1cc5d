namespace AlignOps.Training.Objectives.Preference;

/// <summary>SPPO with hard preferences (Wu et al., 2024, arXiv 2405.00675), as TRL's <c>sppo_hard</c>: (r_w − 1/(2β))² + (r_l + 1/(2β))².</summary>
public sealed record SppoLoss(double Beta) : ReferencedLoss(Beta)
{
    public override PairTerm Of(PairSide chosen, PairSide rejected)
    {
        double above = chosen.LogRatio - (1 / (2 * Beta)), below = rejected.LogRatio + (1 / (2 * Beta));
        return new PairTerm((above * above) + (below * below), 2 * above, 2 * below);
    }
}
