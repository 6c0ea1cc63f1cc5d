namespace AlignOps.Evaluation.Definition;

/// <summary>How a judge of <c>evaluation.judges</c> comes to its verdicts.</summary>
public enum JudgeKind
{
    /// <summary>A language model with a rubric compares answers in pairs, in both orders. It reports and does not decide.</summary>
    Llm,
}
