namespace AlignOps.Training.Objectives.Preference;

/// <summary>
/// IPO (Azar et al., 2023, arXiv 2310.12036): (Δ − 1/(2β))². Summed, Δ = r_w − r_l; by tokens, as TRL has it, Δ = r_w/T_w − r_l/T_l.
/// </summary>
public sealed record IpoLoss(double Beta, bool ByTokens) : ReferencedLoss(Beta)
{
    public override PairTerm Of(PairSide chosen, PairSide rejected)
    {
        (int first, int second) = ByTokens ? (chosen.Tokens, rejected.Tokens) : (1, 1);
        double off = (chosen.LogRatio / first) - (rejected.LogRatio / second) - (1 / (2 * Beta));
        return new PairTerm(off * off, 2 * off / first, -2 * off / second);
    }
}
