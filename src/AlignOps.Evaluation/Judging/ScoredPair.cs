namespace AlignOps.Evaluation.Judging;

/// <summary>The scores of two answers on one scale, by their places.</summary>
/// <param name="TieWithin">Scores no further apart are a tie.</param>
internal sealed record ScoredPair(double First, double Second, double TieWithin)
{
    public ScoredPair Swapped => new(Second, First, TieWithin);
}
