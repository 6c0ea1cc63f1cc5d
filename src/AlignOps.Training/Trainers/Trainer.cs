using AlignOps.Models.Policies;
using AlignOps.Platform.Jobs;
using AlignOps.Training.Batching;
using AlignOps.Training.Checkpoints;
using AlignOps.Training.Examples;
using AlignOps.Training.HeldOut;
using AlignOps.Training.Metrics;
using AlignOps.Training.Objectives;
using AlignOps.Training.Optimization;

namespace AlignOps.Training.Trainers;

/// <summary>
/// Trains a policy on examples by an objective. A training is a function of its inputs: the same ones give the same bits, whatever the size of the
/// machine and however often it was stopped and resumed from a checkpoint.
/// </summary>
/// <param name="identity">Names the start model and the method's options, so that a checkpoint of another training is not taken for this one's.</param>
/// <param name="folder">Where checkpoints and metrics.jsonl stand.</param>
public sealed class Trainer(ITrainablePolicy policy, IObjective objective, TrainerOptions options, string identity, string folder)
{
    /// <summary>The frozen policy that an objective with <see cref="IObjective.NeedsReference"/> compares with: what this training starts from.</summary>
    public IPolicyModel? Reference { get; init; }

    /// <summary>A checkpoint of another training in the folder is refused rather than overwritten.</summary>
    public bool RefusesOthers { get; init; }

    /// <summary>
    /// Trains to the end, from the newest checkpoint in the folder if it is this training's. Cancellation saves a checkpoint first.
    /// </summary>
    /// <param name="examples">At least one; each teaches this method something (see <see cref="ExampleBuilder"/>).</param>
    /// <exception cref="JobFailedException">
    /// <c>loss-not-finite</c>, naming the step and its rows; <c>checkpoint-of-another-training</c> where <see cref="RefusesOthers"/> is set.
    /// </exception>
    public async Task<TrainingSummary> RunAsync(
        IReadOnlyList<TrainingExample> examples, IReadOnlyList<TrainingExample> heldOut, ITrainingObserver observer, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfZero(examples.Count);
        if (objective.NeedsReference && Reference is null)
        {
            throw new InvalidOperationException($"{objective.Name} compares with a reference policy; set {nameof(Reference)}.");
        }

        Directory.CreateDirectory(folder);
        var optimizer = new AdamW(policy.Parameters, options.AdamW);
        var checkpoints = new CheckpointFolder(folder, TrainingFingerprint.Of(identity, options, examples, policy.Parameters));
        var metrics = new MetricsFile(Path.Combine(folder, CheckpointFolder.MetricsFile));
        TrainingState state = Restore(checkpoints, optimizer, metrics);
        int totalSteps = options.TotalSteps(examples.Count);
        var schedule = new LearningRateSchedule(
            options.Schedule, options.LearningRate, totalSteps, options.WarmupRatio, options.FinalLearningRateShare);
        var steps = new StepExamples(examples, options);
        int saved = state.Step;
        try
        {
            while (state.Step < totalSteps)
            {
                cancellationToken.ThrowIfCancellationRequested();
                (StepReport report, state) = Step(state, steps.Of(state.Step), optimizer, schedule, totalSteps, examples.Count, cancellationToken);
                metrics.Append(report);
                await observer.StepAsync(report, cancellationToken);
                if (state.Step % options.CheckpointEvery == 0 && state.Step < totalSteps)
                {
                    saved = state.Step;
                    await observer.CheckpointAsync(checkpoints.Save(state, policy.Parameters, optimizer, metrics.Path), saved, cancellationToken);
                }
            }

            HeldOutReport evaluation = HeldOutEvaluation.Run(policy, heldOut, options.MicroBatchTokens, cancellationToken);
            metrics.Append(state.Step, evaluation);
            return new TrainingSummary(state.Step, state.Tokens, state.Loss, evaluation, metrics.Path);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested && state.Step > saved)
        {
            await observer.CheckpointAsync(checkpoints.Save(state, policy.Parameters, optimizer, metrics.Path), state.Step, CancellationToken.None);
            throw;
        }
    }

    private TrainingState Restore(CheckpointFolder checkpoints, AdamW optimizer, MetricsFile metrics)
    {
        string? newest = CheckpointFolder.Newest(folder);
        if (newest is not null && RefusesOthers && !checkpoints.Owns(newest))
        {
            throw new JobFailedException(
                "checkpoint-of-another-training",
                $"{newest} was left by a training with other rows, options or model. Give the options it had to resume it, name another output, or remove it.");
        }

        if (newest is not null && checkpoints.TryRestore(newest, policy.Parameters, optimizer, out TrainingState state))
        {
            metrics.Restart(Path.Combine(newest, CheckpointFolder.MetricsFile));
            return state;
        }

        metrics.Restart(null);
        return TrainingState.Start;
    }

    private (StepReport Report, TrainingState State) Step(
        TrainingState state, IReadOnlyList<TrainingExample> examples, AdamW optimizer, LearningRateSchedule schedule, int totalSteps, int exampleCount,
        CancellationToken cancellationToken)
    {
        int step = state.Step + 1;
        StepPlan plan = objective.Plan(examples);
        foreach (TrainableParameter parameter in policy.Parameters)
        {
            parameter.Gradient.Span.Clear();
        }

        var noise = new TrainingNoise(options.Seed, options.Dropout, options.NeftuneAlpha);
        StepOutcome outcome = new StepPass(policy, Reference, objective, options.MicroBatchTokens).Run(plan, noise, state.Step, cancellationToken);
        double loss = outcome.Loss;
        double norm = GradientNorm.Of(policy.Parameters);
        if (!double.IsFinite(loss) || !double.IsFinite(norm))
        {
            throw new JobFailedException(
                "loss-not-finite",
                $"Step {step} of {totalSteps} gave loss {loss} and gradient norm {norm}; its rows are {string.Join(", ", examples.Select(e => e.RowId))}. "
                + "Lower the learning rate, or look at these rows.");
        }

        double learningRate = schedule.At(state.Step);
        optimizer.Step(step, learningRate, GradientNorm.ClipScale(norm, options.Clip));
        long tokens = state.Tokens + plan.Tokens;
        int stepsPerEpoch = options.StepsPerEpoch(exampleCount);
        double epoch = state.Step / stepsPerEpoch + Math.Min(1.0, (double)(state.Step % stepsPerEpoch + 1) * options.PromptsPerStep / exampleCount);
        return (
            new StepReport(step, totalSteps, epoch, loss, norm, learningRate, tokens, outcome.Metrics.Means()),
            new TrainingState(step, tokens, loss));
    }
}
