namespace AlignOps.Evaluation.Qualification.Certificates;

/// <summary>What came of one kind of attack.</summary>
/// <param name="Unscored">Tries in which the judge gave no verdict in one order at least; no success, since an unscored pair promotes nobody.</param>
internal sealed record AttackTally(string Attack, int Tried, int Succeeded, int Unscored)
{
    public static IReadOnlyList<AttackTally> Of(IEnumerable<Attacks.AttackTrial> trials) =>
        [.. trials.GroupBy(trial => trial.Attack).Select(attack => new AttackTally(attack.Key, attack.Count(), attack.Count(trial => trial.Succeeded), attack.Count(trial => trial.Unscored)))];
}
