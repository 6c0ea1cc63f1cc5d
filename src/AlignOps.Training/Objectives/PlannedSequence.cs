using AlignOps.Models.Policies;

namespace AlignOps.Training.Objectives;

/// <summary>One sequence of an optimizer step: a prompt and one of its answers.</summary>
/// <param name="Example">Index of the example in the step; sequences of one example stand side by side.</param>
/// <param name="Candidate">Index of the answer in the example.</param>
/// <param name="Trains">False: it is scored for what the loss needs to know and has no gradient, so its candidate need not be the example's own.</param>
public sealed record PlannedSequence(int Example, int Candidate, TokenSequence Sequence, bool Trains = true)
{
    /// <summary>How much each scored token counts, in their order; null: 1 each.</summary>
    public double[]? Weights { get; init; }

    /// <summary>Prompt and answer.</summary>
    public int Tokens => Sequence.Tokens.Length;
}
