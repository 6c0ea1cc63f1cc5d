using AlignOps.Models.Policies;
using AlignOps.Platform.Jobs;
using AlignOps.Training.Batching;
using AlignOps.Training.Checkpoints;
using AlignOps.Training.Evaluation;
using AlignOps.Training.Examples;
using AlignOps.Training.Metrics;
using AlignOps.Training.Objectives;
using AlignOps.Training.Optimization;
using AlignOps.Training.References;

namespace AlignOps.Training.Trainers;

/// <summary>
/// Trains a policy on examples by an objective. A training is a function of its inputs: the same ones give the same bits, whatever the size of the
/// machine and however often it was stopped and resumed from a checkpoint.
/// </summary>
/// <param name="identity">Names the start model and the method's options, so that a checkpoint of another training is not taken for this one's.</param>
/// <param name="folder">Where checkpoints and metrics.jsonl stand.</param>
public sealed class Trainer(ITrainablePolicy policy, IObjective objective, TrainerOptions options, string identity, string folder)
{
    /// <summary>
    /// Loads the frozen policy that an objective with <see cref="IObjective.NeedsReference"/> compares with: what this training starts from. It is let go
    /// once it has scored what is to come.
    /// </summary>
    public Func<IPolicyModel>? Reference { get; init; }

    /// <summary>Where reference scores are kept for other trainings on the same rows and reference; null: with the checkpoints.</summary>
    public string? ReferenceFolder { get; init; }

    /// <summary>Content name of the reference and the engine that runs it; null: the identity.</summary>
    public string? ReferenceName { get; init; }

    /// <summary>Where the batch is saved that gives a loss which is not finite; null: with the checkpoints.</summary>
    public string? FailureFolder { get; init; }

    /// <summary>Held-out rows as the method learns them, for <c>eval_loss</c> and the method's own metrics.</summary>
    public IReadOnlyList<TrainingExample> LearnableHeldOut { get; init; } = [];

    /// <summary>A checkpoint of another training in the folder is refused rather than overwritten.</summary>
    public bool RefusesOthers { get; init; }

    /// <summary>
    /// Trains to the end, from the newest checkpoint in the folder if it is this training's. Cancellation saves a checkpoint first.
    /// </summary>
    /// <param name="examples">At least one; each teaches this method something (see <see cref="ExampleBuilder"/>).</param>
    /// <exception cref="JobFailedException">
    /// <c>loss-not-finite</c>, naming the step, its rows and where the batch is saved; <c>nothing-held-out</c> where the watched metric has no rows;
    /// <c>checkpoint-of-another-training</c> where <see cref="RefusesOthers"/> is set.
    /// </exception>
    public async Task<TrainingSummary> RunAsync(
        IReadOnlyList<TrainingExample> examples, IReadOnlyList<TrainingExample> heldOut, ITrainingObserver observer, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfZero(examples.Count);
        if (objective.NeedsReference && Reference is null)
        {
            throw new InvalidOperationException($"{objective.Name} compares with a reference policy; set {nameof(Reference)}.");
        }

        var evaluation = new EvaluationPlan(heldOut, LearnableHeldOut, objective, options);
        if (options.Evaluation is { Decides: true } watching && !evaluation.Gives(watching.Watch))
        {
            throw new JobFailedException(
                "nothing-held-out",
                $"Early stopping and the best checkpoint go by eval_{watching.Watch.ToString().ToLowerInvariant()}, and no held-out row gives it. Hold rows out, watch another metric, or set patience 0 and keep last.");
        }

        Directory.CreateDirectory(folder);
        var progress = new TrainingProgress(policy, options, folder, TrainingFingerprint.Of(identity, options, examples, [.. heldOut, .. LearnableHeldOut], policy.Parameters));
        progress.Restore(RefusesOthers);
        int totalSteps = options.TotalSteps(examples.Count);
        var steps = new StepExamples(examples, options);
        var pass = new StepPass(policy, References(examples, steps, progress.State.Step, totalSteps, evaluation, observer, cancellationToken), objective, options.MicroBatchTokens);
        var optimizerStep = new OptimizerStep(policy, objective, pass, progress.Optimizer, options, examples.Count, FailureFolder ?? folder);
        try
        {
            while (true)
            {
                cancellationToken.ThrowIfCancellationRequested();
                bool ends = progress.State.Step == totalSteps || progress.State.Stopping.Stops(options.Evaluation.Patience);
                if ((ends || evaluation.DueAfter(progress.State.Step)) && progress.State.EvaluatedStep < progress.State.Step)
                {
                    await observer.EvaluatedAsync(progress.Evaluated(evaluation.Run(policy, pass, progress.State.Step, cancellationToken)), cancellationToken);
                    continue;
                }

                if (ends)
                {
                    return progress.Finish(step => evaluation.Run(policy, pass, step, cancellationToken));
                }

                if (progress.CheckpointIsDue)
                {
                    await observer.CheckpointAsync(progress.SaveCheckpoint(), progress.State.Step, cancellationToken);
                }

                await observer.StepAsync(progress.Stepped(optimizerStep.Run(progress.State, steps.Of(progress.State.Step), cancellationToken)), cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested && progress.HasMoved)
        {
            await observer.CheckpointAsync(progress.SaveCheckpoint(), progress.State.Step, CancellationToken.None);
            throw;
        }
    }

    private ReferenceScores? References(
        IReadOnlyList<TrainingExample> examples, StepExamples steps, int from, int totalSteps, EvaluationPlan evaluation, ITrainingObserver observer,
        CancellationToken cancellationToken)
    {
        if (!objective.NeedsReference)
        {
            return null;
        }

        IEnumerable<StepPlan> plans = Enumerable.Range(from, totalSteps - from).Select(step => objective.Plan(steps.Of(step)));
        return ReferenceScores.Prepare(
            ReferenceScores.PathOf(ReferenceFolder ?? folder, examples, ReferenceName ?? identity),
            evaluation.Plan is { } measured ? plans.Append(measured) : plans,
            Reference!,
            options.MicroBatchTokens,
            observer.ReferenceScored,
            cancellationToken);
    }
}
