namespace AlignOps.Training.Objectives.Preference;

/// <summary>A loss of r = s − s_ref; its implicit reward is β·r.</summary>
/// <param name="Beta">β: how strongly the policy is held to the reference.</param>
public abstract record ReferencedLoss(double Beta) : PairLoss
{
    public override bool NeedsReference => true;

    public override double Reward(PairSide side) => Beta * side.LogRatio;
}
