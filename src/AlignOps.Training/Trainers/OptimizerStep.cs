using AlignOps.Models.Policies;
using AlignOps.Platform.Jobs;
using AlignOps.Training.Checkpoints;
using AlignOps.Training.Examples;
using AlignOps.Training.Metrics;
using AlignOps.Training.Objectives;
using AlignOps.Training.Optimization;

namespace AlignOps.Training.Trainers;

/// <summary>One move of the parameters: plan, passes, clipping, AdamW.</summary>
/// <param name="folder">Where the batch is saved that gives a loss that is not finite.</param>
internal sealed class OptimizerStep(
    ITrainablePolicy policy, IObjective objective, StepPass pass, AdamW optimizer, TrainerOptions options, int exampleCount, string folder)
{
    private readonly StepNoise _noise = new(options.Seed, options.Dropout, options.NeftuneAlpha, options.Recomputes);
    private readonly int _stepsPerEpoch = options.StepsPerEpoch(exampleCount);
    private readonly int _totalSteps = options.TotalSteps(exampleCount);

    private readonly LearningRateSchedule _schedule = new(
        options.Schedule, options.LearningRate, options.TotalSteps(exampleCount), options.WarmupRatio, options.FinalLearningRateShare);

    /// <summary>The last step ended and left the gradients zero; one that was broken off did not.</summary>
    private bool _cleared;

    /// <param name="examples">Those of the step after <paramref name="state"/>.</param>
    /// <exception cref="JobFailedException"><c>loss-not-finite</c>; the parameters are as they were.</exception>
    public (StepReport Report, TrainingState State) Run(TrainingState state, IReadOnlyList<TrainingExample> examples, CancellationToken cancellationToken)
    {
        int step = state.Step + 1;
        StepPlan plan = objective.Plan(examples);
        if (!_cleared)
        {
            for (int i = 0; i < policy.Parameters.Count; i++)
            {
                policy.Parameters[i].Gradient.Span.Clear();
            }
        }

        _cleared = false;
        StepOutcome outcome = pass.Run(plan, _noise, state.Step, cancellationToken);
        double norm = optimizer.Norm();
        if (!double.IsFinite(outcome.Loss) || !double.IsFinite(norm))
        {
            throw NonFiniteBatch.Save(folder, step, _totalSteps, plan, outcome, norm, policy.Parameters);
        }

        double learningRate = _schedule.At(state.Step);
        optimizer.Step(step, learningRate, GradientNorm.ClipScale(norm, options.Clip), clears: true);
        _cleared = true;
        long tokens = state.Tokens + plan.Tokens;
        double epoch = state.Step / _stepsPerEpoch + Math.Min(1.0, (double)(state.Step % _stepsPerEpoch + 1) * options.PromptsPerStep / exampleCount);
        var losses = new ZScores { Values = state.Losses };
        var norms = new ZScores { Values = state.GradientNorms };
        var report = new StepReport(step, _totalSteps, epoch, outcome.Loss, norm, learningRate, tokens, outcome.Metrics.Means())
        {
            LossZScore = losses.Add(outcome.Loss),
            GradientNormZScore = norms.Add(norm),
        };
        return (report, state with { Step = step, Tokens = tokens, Loss = outcome.Loss, Losses = losses.Values, GradientNorms = norms.Values });
    }
}
