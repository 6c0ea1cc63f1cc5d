namespace AlignOps.Training.Objectives;

/// <summary>The loss of one token and its slope in the token's log-probability.</summary>
internal static class TokenLosses
{
    /// <summary>What 1 − p is not taken to be less than: p rounds to 1 long before a policy is sure.</summary>
    private const double Rest = 1e-5;

    /// <summary>−log p.</summary>
    public static (double Loss, double Slope) Likelihood(double logProbability) => (-logProbability, -1);

    /// <summary>−log(1 − p), of a token that is not to be said (Welleck et al., 2019, arXiv 1908.04319); its slope is p/(1 − p).</summary>
    public static (double Loss, double Slope) Unlikelihood(double logProbability)
    {
        double probability = Math.Exp(logProbability), rest = Math.Max(1 - probability, Rest);
        return (-Math.Log(rest), probability / rest);
    }

    /// <summary>Likelihood times a weight above 0, or unlikelihood times the size of one below.</summary>
    public static (double Loss, double Slope) Weighted(double logProbability, double weight)
    {
        (double loss, double slope) = weight < 0 ? Unlikelihood(logProbability) : Likelihood(logProbability);
        return (Math.Abs(weight) * loss, Math.Abs(weight) * slope);
    }
}
