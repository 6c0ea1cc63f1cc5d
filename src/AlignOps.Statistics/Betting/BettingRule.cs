namespace AlignOps.Statistics.Betting;

/// <summary>How an e-process on a mean bets. Each keeps its level; they differ in how soon they tell.</summary>
public enum BettingRule
{
    /// <summary>One bet at a time, from what was seen (<see cref="BettingEProcess"/>): soonest where values hardly vary, as the differences that guards watch.</summary>
    Kelly,

    /// <summary>The mean over a fixed set of bets (<see cref="MixtureEProcess"/>): soonest for win rates near 1/2, and the same whatever the order of the values.</summary>
    Mixture,
}
