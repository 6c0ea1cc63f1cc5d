namespace AlignOps.Pipelines.Http;

/// <summary>A run in a list. Times are Unix milliseconds.</summary>
internal sealed class RunSummary
{
    public string RunId { get; init; } = "";
    public string Pipeline { get; init; } = "";
    public string State { get; init; } = "";
    public string TriggerKind { get; init; } = "";
    public string TriggerRef { get; init; } = "";
    public string? Decision { get; init; }
    public string? Reason { get; init; }
    public double? WinRate { get; init; }
    public double? Lower { get; init; }
    public int? Items { get; init; }
    public string? CandidateCheckpoint { get; init; }
    public string? CandidateAdapter { get; init; }
    public string ChampionCheckpoint { get; init; } = "";
    public string? ChampionAdapter { get; init; }
    public string DefinitionDigest { get; init; } = "";
    public string? DatasetDigest { get; init; }
    public string? EvidenceDigest { get; init; }
    public string? RecordDigest { get; init; }
    public long StartedAt { get; init; }
    public long? EndedAt { get; init; }
}
