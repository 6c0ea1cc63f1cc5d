namespace AlignOps.Evaluation.People;

/// <summary>What one person says of a pair.</summary>
/// <param name="First">How good the first answer is by itself; null where nothing was said of it.</param>
public sealed record PersonLabel(LabelChoice Choice, Acceptability? First = null, Acceptability? Second = null)
{
    /// <summary>1 where the candidate won, 1/2 where neither did, 0 where it lost.</summary>
    /// <param name="candidateFirst">The candidate's answer stood first.</param>
    internal double Outcome(bool candidateFirst) => Choice switch
    {
        LabelChoice.First => candidateFirst ? 1 : 0,
        LabelChoice.Second => candidateFirst ? 0 : 1,
        _ => 0.5,
    };
}
