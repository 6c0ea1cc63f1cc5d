namespace AlignOps.Evaluation.Definition;

/// <summary>How a panel's verdicts become one.</summary>
public enum JudgePanelRule
{
    /// <summary>What more than half of all members prefer; a tie where no preference has so many. More than half of them must have said something.</summary>
    Majority,

    /// <summary>The mean of the members' shares. More than half of them must have said something.</summary>
    Mean,

    /// <summary>What all members prefer; a tie where they differ. All must have said something.</summary>
    Unanimity,
}
