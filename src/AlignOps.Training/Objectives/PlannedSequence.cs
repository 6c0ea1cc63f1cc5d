using AlignOps.Models.Policies;

namespace AlignOps.Training.Objectives;

/// <summary>One sequence of an optimizer step: a prompt and one of its answers.</summary>
/// <param name="Example">Index of the example in the step; sequences of one example stand side by side.</param>
/// <param name="Candidate">Index of the answer in the example.</param>
public sealed record PlannedSequence(int Example, int Candidate, TokenSequence Sequence)
{
    /// <summary>Prompt and answer.</summary>
    public int Tokens => Sequence.Tokens.Length;
}
