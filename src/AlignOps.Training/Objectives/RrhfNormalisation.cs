namespace AlignOps.Training.Objectives;

/// <summary>How the imitation term of RRHF under the paper's semantics is normalised.</summary>
public enum RrhfNormalisation
{
    /// <summary>−Σ log π, as the paper writes it: long answers weigh more against the ranking term.</summary>
    Sum,

    /// <summary>−(1/|y|) Σ log π, on the scale of the ranking term.</summary>
    Tokens,
}
