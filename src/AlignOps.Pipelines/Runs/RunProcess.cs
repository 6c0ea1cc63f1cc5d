using System.Globalization;
using AlignOps.Contracts;
using AlignOps.Contracts.Runs;
using AlignOps.Pipelines.Batches;

namespace AlignOps.Pipelines.Runs;

/// <summary>
/// The run process manager as a pure function. A message that the phase waits for moves the run on; any other (late, twice, out of order)
/// leaves it where it is and is put on record. The command that a run waits on is a function of its state, so it can be sent again at any time.
/// </summary>
internal static class RunProcess
{
    /// <summary>How often batches run for a champion that keeps moving, before a person is to look.</summary>
    private const int MostAttempts = 3;

    /// <summary>The first step of a run. A retrain with nothing learned yet ends at once: there is nothing to tell from no evidence.</summary>
    public static RunStep Start(RunState run)
    {
        var started = string.Create(CultureInfo.InvariantCulture,
            $"{run.Trigger.Kind} {run.Trigger.Reference}: {run.BatchIds.Count} batches, {run.ReplayBatchIds.Count} replayed, from {run.Start.ShortName} against champion {run.Champion.ShortName}");
        return run.BatchIds.Count == 0
            ? End(run, RunPhase.Inconclusive, "ended", "nothing-learned: no batch has been learned yet, so there is nothing to retrain on")
            : Move(run, "started", started);
    }

    /// <summary>Never throws: what does not fit is answered with the same state and an <c>ignored</c> event.</summary>
    public static RunStep Decide(RunState run, object message) => (run.Phase, message) switch
    {
        (RunPhase.Preparing, DatasetPublished { WithSynthetic: false } dataset) => Move(
            run with { DatasetDigest = dataset.DatasetDigest, Phase = run.Synthesizes ? RunPhase.Synthesizing : RunPhase.Training },
            "dataset-published", Describe(dataset)),

        (RunPhase.Synthesizing, SynthesisCompleted synthesis) => Move(
            run with { SyntheticDigest = synthesis.SyntheticDigest, Phase = RunPhase.Mixing },
            "synthesis-completed", Describe(synthesis)),

        (RunPhase.Mixing, DatasetPublished { WithSynthetic: true } dataset) => Move(
            run with { DatasetDigest = dataset.DatasetDigest, Phase = RunPhase.Training },
            "dataset-mixed", Describe(dataset)),

        (RunPhase.Training, CandidateTrained trained) => Move(
            run with { Candidate = trained.Candidate, Phase = RunPhase.Evaluating },
            "candidate-trained",
            string.Create(CultureInfo.InvariantCulture, $"candidate {trained.Candidate.ShortName} after {trained.Steps} steps and {trained.Tokens} tokens")),

        (RunPhase.Evaluating, CandidateEvaluated evaluated) => Move(
            run with { EvidenceDigest = evaluated.EvidenceDigest, Phase = RunPhase.Deciding },
            "candidate-evaluated",
            string.Create(CultureInfo.InvariantCulture, $"{evaluated.Items} items, {evaluated.Unscored} unscored") + (evaluated.Reported is { } reported ? $". {reported}" : "")),

        (RunPhase.Deciding, GateDecided { Decision: GateDecision.AwaitingApproval } gate) => Move(
            Decided(run, gate) with { Phase = RunPhase.AwaitingApproval }, "gate-decided", gate.Reason),

        // Those who compare answers are done; now those who approve are asked.
        (RunPhase.AwaitingApproval, GateDecided { Decision: GateDecision.AwaitingApproval } gate) when gate.RecordDigest != run.RecordDigest =>
            Record(Decided(run, gate), "gate-decided", gate.Reason),

        (RunPhase.Deciding or RunPhase.AwaitingApproval, GateDecided { Decision: not GateDecision.AwaitingApproval } gate) =>
            End(Decided(run, gate), Outcome(gate.Decision), "gate-decided", gate.Reason, gate.Code),

        ( < RunPhase.AwaitingApproval, StepFailed failed) =>
            End(run, RunPhase.Failed, "failed", $"{failed.Code}: {failed.Reason} (step {failed.Step})"),

        _ => Record(run, "ignored", $"{message.GetType().Name} does not fit a run that is {run.Phase.Name()}"),
    };

    /// <summary>The command whose answer the run waits for; null where it waits for a person or for nothing.</summary>
    public static RunCommand? PendingCommand(RunState run) => run.Phase switch
    {
        RunPhase.Preparing => new(run.RunId, "prepare", new BuildDataset(
            run.RunId, run.Pipeline, run.DefinitionDigest, run.BatchIds, run.ReplayBatchIds, null, run.Seed)),
        RunPhase.Synthesizing => new(run.RunId, "synthesize", new Synthesize(
            run.RunId, run.Pipeline, run.DefinitionDigest, run.DatasetDigest!, run.Champion, run.Seed)),
        RunPhase.Mixing => new(run.RunId, "mix", new BuildDataset(
            run.RunId, run.Pipeline, run.DefinitionDigest, run.BatchIds, run.ReplayBatchIds, run.SyntheticDigest, run.Seed)),
        RunPhase.Training => new(run.RunId, "train", new TrainCandidate(
            run.RunId, run.Pipeline, run.DefinitionDigest, run.DatasetDigest!, run.Start, run.Champion, run.Seed)),
        RunPhase.Evaluating => new(run.RunId, "evaluate", new EvaluateCandidate(
            run.RunId, run.Pipeline, run.DefinitionDigest, run.Candidate!, run.Champion, run.Anchor, run.Seed, run.DatasetDigest)),
        RunPhase.Deciding => new(run.RunId, "decide", new DecideGate(
            run.RunId, run.Pipeline, run.DefinitionDigest, run.DatasetDigest!, run.EvidenceDigest!, run.Candidate!, run.Champion, run.Anchor, run.BatchIds)),
        _ => null,
    };

    /// <summary>A line of history that moves nothing.</summary>
    public static RunStep Record(RunState run, string kind, string detail)
    {
        var next = run with { LastEvent = run.LastEvent + 1 };
        return new RunStep(next, [], [new RunEvent(next.LastEvent, kind, detail)], []);
    }

    private static RunStep Move(RunState run, string kind, string detail)
    {
        var step = Record(run, kind, detail);
        return PendingCommand(step.State) is { } command ? step with { Commands = [command] } : step;
    }

    private static RunStep End(RunState run, RunPhase phase, string kind, string reason, string? code = null)
    {
        var step = Record(run with { Phase = phase, Reason = reason }, kind, $"{phase.Name()}: {reason}");
        return step with { Batches = Account(step.State, code) };
    }

    /// <summary>What an ended run means for its batches. A retrain learns nothing new, so its batches stay what they are.</summary>
    private static IReadOnlyList<BatchTransition> Account(RunState run, string? code)
    {
        if (run.Trigger.Kind != RunTrigger.Batch)
        {
            return [];
        }

        var transition = run.Phase switch
        {
            RunPhase.Promoted => new BatchTransition("", BatchState.Learned, $"promoted: run {run.RunId} was promoted"),
            RunPhase.Rejected when code == GateDecided.RejectedByPerson => new BatchTransition("", BatchState.Held, $"rejected: {run.Reason}"),
            RunPhase.Rejected when run.BatchIds.Count > 1 => new BatchTransition("", BatchState.Waiting,
                string.Create(CultureInfo.InvariantCulture, $"split: run {run.RunId} of {run.BatchIds.Count} batches was rejected, so each runs alone"), Alone: true),
            RunPhase.Rejected => new BatchTransition("", BatchState.Held, $"rejected: {run.Reason}"),
            RunPhase.Inconclusive when code == GateDecided.ChampionMoved && run.Trigger.Attempt < MostAttempts => new BatchTransition("", BatchState.Waiting,
                $"champion-moved: run {run.RunId} was compared with a champion that is no more, so it runs again", Alone: run.BatchIds.Count == 1),
            _ => new BatchTransition("", BatchState.Undecided, $"{run.Phase.Name()}: {run.Reason}"),
        };
        return [.. run.BatchIds.Select(batch => transition with { BatchId = batch })];
    }

    private static RunState Decided(RunState run, GateDecided gate) => run with
    {
        Decision = gate.Decision,
        Reason = gate.Reason,
        RecordDigest = gate.RecordDigest,
        WinRate = gate.WinRate,
        Lower = gate.Lower,
        Items = gate.Items,
    };

    private static RunPhase Outcome(GateDecision decision) => decision switch
    {
        GateDecision.Promote => RunPhase.Promoted,
        GateDecision.Reject => RunPhase.Rejected,
        _ => RunPhase.Inconclusive,
    };

    private static string Describe(DatasetPublished dataset) => string.Create(CultureInfo.InvariantCulture,
        $"{dataset.TrainRows} training rows, {dataset.HeldOutRows} held out, {dataset.SyntheticRows} synthetic");

    private static string Describe(SynthesisCompleted synthesis) => string.Create(CultureInfo.InvariantCulture, $"{synthesis.Rows} synthetic rows")
        + (synthesis.Note is null ? "" : $" ({synthesis.Note})");
}
