using System.Text.Json;
using AlignOps.Contracts;

namespace AlignOps.Pipelines.Runs;

/// <summary>A run as its table holds it.</summary>
internal sealed class RunRow
{
    public string RunId { get; init; } = "";
    public string Pipeline { get; init; } = "";
    public string DefinitionDigest { get; init; } = "";
    public string TriggerKind { get; init; } = "";
    public string TriggerRef { get; init; } = "";
    public long Seed { get; init; }
    public int Synthesizes { get; init; }
    public string BatchIds { get; init; } = "[]";
    public string ReplayBatchIds { get; init; } = "[]";
    public string StartCheckpoint { get; init; } = "";
    public string? StartAdapter { get; init; }
    public string ChampionCheckpoint { get; init; } = "";
    public string? ChampionAdapter { get; init; }
    public string AnchorCheckpoint { get; init; } = "";
    public string? AnchorAdapter { get; init; }
    public string State { get; init; } = "";
    public string? DatasetDigest { get; init; }
    public string? SyntheticDigest { get; init; }
    public string? CandidateCheckpoint { get; init; }
    public string? CandidateAdapter { get; init; }
    public string? EvidenceDigest { get; init; }
    public string? Decision { get; init; }
    public string? Reason { get; init; }
    public string? RecordDigest { get; init; }
    public double? WinRate { get; init; }
    public double? Lower { get; init; }
    public int? Items { get; init; }
    public int LastEvent { get; init; }

    public static RunRow Of(RunState run) => new()
    {
        RunId = run.RunId,
        Pipeline = run.Pipeline,
        DefinitionDigest = run.DefinitionDigest,
        TriggerKind = run.Trigger.Kind,
        TriggerRef = run.Trigger.Reference,
        Seed = run.Seed,
        Synthesizes = run.Synthesizes ? 1 : 0,
        BatchIds = JsonSerializer.Serialize(run.BatchIds),
        ReplayBatchIds = JsonSerializer.Serialize(run.ReplayBatchIds),
        StartCheckpoint = run.Start.Checkpoint,
        StartAdapter = run.Start.Adapter,
        ChampionCheckpoint = run.Champion.Checkpoint,
        ChampionAdapter = run.Champion.Adapter,
        AnchorCheckpoint = run.Anchor.Checkpoint,
        AnchorAdapter = run.Anchor.Adapter,
        State = run.Phase.Name(),
        DatasetDigest = run.DatasetDigest,
        SyntheticDigest = run.SyntheticDigest,
        CandidateCheckpoint = run.Candidate?.Checkpoint,
        CandidateAdapter = run.Candidate?.Adapter,
        EvidenceDigest = run.EvidenceDigest,
        Decision = run.Decision is { } decision ? GateDecisions.Name(decision) : null,
        Reason = run.Reason,
        RecordDigest = run.RecordDigest,
        WinRate = run.WinRate,
        Lower = run.Lower,
        Items = run.Items,
        LastEvent = run.LastEvent,
    };

    public RunState ToState() => new()
    {
        RunId = RunId,
        Pipeline = Pipeline,
        DefinitionDigest = DefinitionDigest,
        Trigger = new RunTrigger(TriggerKind, TriggerRef),
        Seed = Seed,
        Synthesizes = Synthesizes != 0,
        BatchIds = JsonSerializer.Deserialize<string[]>(BatchIds)!,
        ReplayBatchIds = JsonSerializer.Deserialize<string[]>(ReplayBatchIds)!,
        Start = new ModelRef(StartCheckpoint, StartAdapter),
        Champion = new ModelRef(ChampionCheckpoint, ChampionAdapter),
        Anchor = new ModelRef(AnchorCheckpoint, AnchorAdapter),
        Phase = RunPhases.Parse(State),
        DatasetDigest = DatasetDigest,
        SyntheticDigest = SyntheticDigest,
        Candidate = CandidateCheckpoint is null ? null : new ModelRef(CandidateCheckpoint, CandidateAdapter),
        EvidenceDigest = EvidenceDigest,
        Decision = Decision is null ? null : GateDecisions.Parse(Decision),
        Reason = Reason,
        RecordDigest = RecordDigest,
        WinRate = WinRate,
        Lower = Lower,
        Items = Items,
        LastEvent = LastEvent,
    };
}
