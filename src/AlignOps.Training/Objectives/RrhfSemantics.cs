namespace AlignOps.Training.Objectives;

/// <summary>Which RRHF: the paper and its published code disagree, and rank different pairs.</summary>
public enum RrhfSemantics
{
    /// <summary>p = Σ log π / |y|^λ with the answer's own length, and −Σ log π of the best answer (Yuan et al., 2023, equations 2–5).</summary>
    Paper,

    /// <summary>
    /// What GanjinZero/RRHF at e1a2b61 computes: every answer of a prompt is divided by one constant, the padded length of prompt and answer
    /// (their issues 37 and 51), in the ranking and in the imitation term.
    /// </summary>
    Reference,
}
