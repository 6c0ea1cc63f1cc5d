using AlignOps.Models.Policies;
using AlignOps.Platform.Jobs;
using AlignOps.Training.Checkpoints;
using AlignOps.Training.Evaluation;
using AlignOps.Training.Metrics;
using AlignOps.Training.Optimization;

namespace AlignOps.Training.Trainers;

/// <summary>Where a training stands, in memory and on disk: state, optimizer, metrics file, best policy, checkpoints. They move together or not at all.</summary>
internal sealed class TrainingProgress(ITrainablePolicy policy, TrainerOptions options, string folder, string fingerprint)
{
    private readonly CheckpointFolder _checkpoints = new(folder, fingerprint);
    private readonly MetricsFile _metrics = new(Path.Combine(folder, CheckpointFolder.MetricsFile));
    private readonly BestCheckpoint _best = new(folder);
    private int _savedStep;
    private EvaluationReport? _latest;

    public AdamW Optimizer { get; } = new(policy.Parameters, options.AdamW, policy.Share);

    public TrainingState State { get; private set; } = TrainingState.Start;

    /// <summary>There are steps that no checkpoint has.</summary>
    public bool HasMoved => State.Step > _savedStep;

    public bool CheckpointIsDue => HasMoved && State.Step % options.CheckpointEvery == 0;

    /// <summary>Goes to the newest checkpoint if it is this training's, else to the start.</summary>
    /// <exception cref="JobFailedException"><c>checkpoint-of-another-training</c> where that is refused.</exception>
    public void Restore(bool refusesOthers)
    {
        string? newest = CheckpointFolder.Newest(folder);
        if (newest is not null && refusesOthers && !_checkpoints.Owns(newest))
        {
            throw new JobFailedException(
                "checkpoint-of-another-training",
                $"{newest} was left by a training with other rows, options or model. Give the options it had to resume it, name another output, or remove it.");
        }

        bool resumed = newest is not null && _checkpoints.TryRestore(newest, policy.Parameters, Optimizer, out TrainingState state) && Set(state);
        _metrics.Restart(resumed ? Path.Combine(newest!, CheckpointFolder.MetricsFile) : null);
        _best.Restart(resumed ? newest : null);
        _savedStep = State.Step;
    }

    public StepReport Stepped((StepReport Report, TrainingState State) step)
    {
        Set(step.State);
        _metrics.Append(step.Report);
        return step.Report;
    }

    public EvaluationReport Evaluated(EvaluationReport report)
    {
        EarlyStopping before = State.Stopping;
        EarlyStopping after = report.Cost(options.Evaluation.Watch) is { } cost ? before.After(cost, report.Step) : before;
        if (options.Evaluation.KeepBest && after.BestStep == report.Step)
        {
            _best.Save(policy.Parameters);
        }

        Set(State with { EvaluatedStep = report.Step, Stopping = after });
        _metrics.Append(report);
        return _latest = report;
    }

    /// <summary>Goes back to the best policy where it is kept.</summary>
    /// <param name="evaluate">Measures the policy as it stands, as of a step.</param>
    public TrainingSummary Finish(Func<int, EvaluationReport> evaluate)
    {
        int kept = State.Step;
        EvaluationReport report = _latest?.Step == kept ? _latest : evaluate(kept);
        if (options.Evaluation.KeepBest && State.Stopping.BestStep != kept)
        {
            kept = State.Stopping.BestStep;
            _best.Restore(policy.Parameters);
            report = evaluate(kept);
            _metrics.Append(report);
        }

        return new TrainingSummary(State.Step, State.Tokens, State.Loss, report.Ranked, kept, _metrics.Path);
    }

    /// <returns>The checkpoint's directory.</returns>
    public string SaveCheckpoint()
    {
        _savedStep = State.Step;
        return _checkpoints.Save(State, policy.Parameters, Optimizer, _best.Existing is { } best ? [_metrics.Path, best] : [_metrics.Path]);
    }

    private bool Set(TrainingState state)
    {
        State = state;
        return true;
    }
}
