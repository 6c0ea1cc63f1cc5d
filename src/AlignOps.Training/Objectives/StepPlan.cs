using AlignOps.Training.Examples;

namespace AlignOps.Training.Objectives;

/// <summary>
/// What an objective asks of an optimizer step. Its counts are the normalisers of the loss, known before any forward pass,
/// so that accumulating micro-batches equals the big batch.
/// </summary>
/// <param name="Examples">The examples of the step, in order.</param>
/// <param name="Sequences">Sequences to run under the policy, those of one example side by side.</param>
/// <param name="CouplesMicroBatches">The loss of one example depends on another's log-probabilities: the whole step is scored before any gradient.</param>
public sealed record StepPlan(IReadOnlyList<TrainingExample> Examples, IReadOnlyList<PlannedSequence> Sequences, bool CouplesMicroBatches = false)
{
    /// <summary>Scored tokens of the whole step.</summary>
    public long ScoredTokens { get; } = Sequences.Sum(s => (long)s.Sequence.ScoredCount);

    /// <summary>All tokens of the whole step, prompts included.</summary>
    public long Tokens { get; } = Sequences.Sum(s => (long)s.Tokens);
}
