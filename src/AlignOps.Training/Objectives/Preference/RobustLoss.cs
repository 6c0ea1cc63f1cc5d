namespace AlignOps.Training.Objectives.Preference;

/// <summary>
/// Robust DPO (Chowdhury et al., 2024, arXiv 2403.00409): [−(1 − ε)·ln σ(βΔ) + ε·ln σ(−βΔ)]/(1 − 2ε), which equals DPO's loss on clean preferences in
/// expectation where a share ε of them was turned around.
/// </summary>
/// <param name="Smoothing">ε, below one half.</param>
public sealed record RobustLoss(double Beta, double Smoothing) : ReferencedLoss(Beta)
{
    public override PairTerm Of(PairSide chosen, PairSide rejected)
    {
        double margin = Beta * (chosen.LogRatio - rejected.LogRatio), scale = 1 / (1 - (2 * Smoothing));
        double slope = -Beta * scale * (((1 - Smoothing) * Logistic.Sigma(-margin)) + (Smoothing * Logistic.Sigma(margin)));
        return new PairTerm(scale * ((Smoothing * Logistic.LogSigma(-margin)) - ((1 - Smoothing) * Logistic.LogSigma(margin))), slope, -slope);
    }
}
