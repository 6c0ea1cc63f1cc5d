using AlignOps.Models.Policies;
using AlignOps.Training.Examples;
using AlignOps.Training.HeldOut;
using AlignOps.Training.Objectives;
using AlignOps.Training.Trainers;

namespace AlignOps.Training.Evaluation;

/// <summary>The held-out rows of a training, read twice: as any policy can be measured, and as the method learns.</summary>
/// <param name="ranked">For <see cref="HeldOutEvaluation"/>.</param>
/// <param name="learnable">Those that the method could learn from; their loss is taken as that of one step, so that it does not depend on batches.</param>
internal sealed class EvaluationPlan(IReadOnlyList<TrainingExample> ranked, IReadOnlyList<TrainingExample> learnable, IObjective objective, TrainerOptions options)
{
    /// <summary>What the method's loss needs; null without rows that it can learn from.</summary>
    public StepPlan? Plan { get; } = learnable.Count == 0 ? null : objective.Plan(learnable);

    /// <summary>Whether an evaluation follows this step, the last one apart.</summary>
    public bool DueAfter(int step) => options.Evaluation.Every > 0 && step % options.Evaluation.Every == 0;

    /// <summary>Whether the held-out rows can give the watched metric.</summary>
    public bool Gives(WatchedMetric watch) => watch switch
    {
        WatchedMetric.Loss => Plan is { Sequences.Count: > 0 },
        WatchedMetric.Nll => ranked.Count > 0,
        _ => ranked.Any(e => e.Candidates.Any(c => c.Score != e.Candidates[0].Score)) || (objective.NeedsValues && Plan is not null),
    };

    public EvaluationReport Run(ITrainablePolicy policy, StepPass pass, int step, CancellationToken cancellationToken)
    {
        HeldOutReport report = objective.NeedsValues
            ? HeldOutValues.Run(policy, ranked, options.MicroBatchTokens, cancellationToken)
            : HeldOutEvaluation.Run(policy, ranked, options.MicroBatchTokens, cancellationToken);
        StepOutcome? outcome = Plan is { Sequences.Count: > 0 } plan ? pass.Measure(plan, cancellationToken) : null;
        return new EvaluationReport(step, report, outcome?.Loss, outcome?.Metrics.Means() ?? new Dictionary<string, double>());
    }
}
