namespace AlignOps.WebConsole.Reading;

/// <summary>A run as <c>pipelines_v_runs</c> has it. Times are Unix milliseconds.</summary>
public sealed class RunLine
{
    public string RunId { get; init; } = "";
    public string Pipeline { get; init; } = "";
    public string DefinitionDigest { get; init; } = "";
    public string TriggerKind { get; init; } = "";
    public string TriggerRef { get; init; } = "";
    public string State { get; init; } = "";
    public string? Decision { get; init; }
    public string? Reason { get; init; }
    public double? WinRate { get; init; }
    public double? Lower { get; init; }
    public long? Items { get; init; }
    public string? CandidateAdapter { get; init; }
    public string? CandidateCheckpoint { get; init; }
    public string ChampionCheckpoint { get; init; } = "";
    public string? ChampionAdapter { get; init; }
    public string? DatasetDigest { get; init; }
    public string? EvidenceDigest { get; init; }
    public string? RecordDigest { get; init; }
    public long StartedAt { get; init; }
    public long? EndedAt { get; init; }

    /// <summary>Of the job under way in [0, 1]; null where there is none.</summary>
    public double? Fraction { get; init; }

    internal const string Columns =
        """
        r.run_id as RunId, r.pipeline as Pipeline, r.definition_digest as DefinitionDigest, r.trigger_kind as TriggerKind, r.trigger_ref as TriggerRef,
        r.state as State, r.decision as Decision, r.reason as Reason, r.win_rate as WinRate, r.lower as Lower, r.items as Items,
        r.candidate_checkpoint as CandidateCheckpoint, r.candidate_adapter as CandidateAdapter, r.champion_checkpoint as ChampionCheckpoint,
        r.champion_adapter as ChampionAdapter, r.dataset_digest as DatasetDigest, r.evidence_digest as EvidenceDigest, r.record_digest as RecordDigest,
        r.started_at as StartedAt, r.ended_at as EndedAt,
        (select max(j.fraction) from platform_v_jobs j where j.run_id = r.run_id and j.state = 'running') as Fraction
        """;
}
