using AlignOps.Training.Metrics;
using AlignOps.Training.Objectives;

namespace AlignOps.Training.Trainers;

/// <summary>What the passes of one optimizer step came to.</summary>
/// <param name="Latest">The sequences of the last micro-batch, or of a coupled step all of them: where the loss is not finite, those that made it so.</param>
internal sealed record StepOutcome(double Loss, MetricTotals Metrics, IReadOnlyList<ScoredSequence> Latest);
