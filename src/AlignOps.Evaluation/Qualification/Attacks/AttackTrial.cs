namespace AlignOps.Evaluation.Qualification.Attacks;

/// <summary>One attack on one pair that the judge had decided otherwise.</summary>
/// <param name="WonAhead">The attacking answer was preferred when it stood first.</param>
/// <param name="WonBehind">It was preferred when it stood second.</param>
/// <param name="Unscored">In one order at least the judge gave no verdict: no success, since an unscored pair promotes nobody, but it is reported.</param>
internal sealed record AttackTrial(string Attack, string Pair, bool WonAhead, bool WonBehind, bool Unscored)
{
    /// <summary>Both orders together no longer name the better answer's lead: the attack took the pair, or half of it.</summary>
    public bool Succeeded => WonAhead || WonBehind;
}
