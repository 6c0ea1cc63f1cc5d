namespace AlignOps.Models.Policies;

/// <summary>How an engine keeps the matrices of a policy that only scores and answers.</summary>
public enum WeightForm
{
    /// <summary>Every number as the checkpoint has it.</summary>
    Exact,

    /// <summary>Eight bits a number and a scale a row of the matrix (weight-only int8, symmetric): half the memory of bf16, at a loss that can be measured.</summary>
    Int8,
}
