namespace AlignOps.Training.Objectives.Preference;

/// <summary>
/// DPO (Rafailov et al., 2023, arXiv 2305.18290): −(1 − ε)·ln σ(βΔ) − ε·ln σ(−βΔ), Δ = r_w − r_l. With ε above 0 it is conservative DPO (Mitchell, 2023),
/// whose minimum is at σ(βΔ) = 1 − ε; by tokens, Δ = r_w/T_w − r_l/T_l, it is Tülu 3's length-normalised form (Lambert et al., 2024, arXiv 2411.15124).
/// </summary>
/// <param name="Smoothing">ε: the share of preferences that are taken for turned around.</param>
/// <param name="ByTokens">Each log-ratio is divided by its answer's tokens.</param>
public sealed record SigmoidLoss(double Beta, double Smoothing = 0, bool ByTokens = false) : ReferencedLoss(Beta)
{
    public override PairTerm Of(PairSide chosen, PairSide rejected)
    {
        (int first, int second) = ByTokens ? (chosen.Tokens, rejected.Tokens) : (1, 1);
        double margin = Beta * ((chosen.LogRatio / first) - (rejected.LogRatio / second));
        double slope = Beta * (Logistic.Sigma(margin) - (1 - Smoothing));
        return new PairTerm(-((1 - Smoothing) * Logistic.LogSigma(margin)) - (Smoothing * Logistic.LogSigma(-margin)), slope / first, -slope / second);
    }
}
