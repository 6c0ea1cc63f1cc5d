using System.Text.Json;
using System.Text.Json.Serialization;

namespace AlignOps.Pipelines.Http;

/// <summary>A pipeline as it stands: what it runs under, what answers for it, what is under way and what waits.</summary>
internal sealed class PipelineView
{
    public string Pipeline { get; init; } = "";
    public string Description { get; init; } = "";
    public string? DefinitionDigest { get; init; }

    [JsonIgnore]
    public string FaultList { get; init; } = "[]";

    /// <summary>What is wrong with its pipeline.yaml, as lines to read; empty when it is sound.</summary>
    public IReadOnlyList<string> Faults => JsonSerializer.Deserialize<string[]>(FaultList)!;

    public int? ChampionVersion { get; init; }
    public string? ChampionCheckpoint { get; init; }
    public string? ChampionAdapter { get; init; }
    public string? ActiveRun { get; init; }
    public int WaitingBatches { get; init; }
    public DateTimeOffset? NextScheduledRun { get; set; }
}
