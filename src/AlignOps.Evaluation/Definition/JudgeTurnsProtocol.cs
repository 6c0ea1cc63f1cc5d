namespace AlignOps.Evaluation.Definition;

/// <summary>How a turn is judged.</summary>
public enum JudgeTurnsProtocol
{
    /// <summary>Two answers are compared.</summary>
    Pairwise,

    /// <summary>Each answer is rated from 1 to 10.</summary>
    Single,
}
