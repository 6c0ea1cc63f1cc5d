namespace AlignOps.Evaluation.HeldOut;

/// <summary>How likely a model finds a pair's answers: mean log-probability (natural) a token.</summary>
/// <param name="Disliked">0 where the pair has no second answer.</param>
/// <param name="Unscored">Why there is no score; null where there is one.</param>
internal sealed record PairScore(double Liked, double Disliked, string? Unscored = null)
{
    public double Margin => Liked - Disliked;
}
