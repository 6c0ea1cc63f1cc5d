namespace AlignOps.Pipelines.Batches;

/// <summary>One champion of a pipeline's past, as Promotion's view has it.</summary>
internal sealed class ChampionVersion
{
    public int Version { get; init; }

    /// <summary>The run that it was promoted by; of a rollback by live rules, the run that was taken back.</summary>
    public string? RunId { get; init; }

    /// <summary>The version that a rollback brought back; null for a model that was new.</summary>
    public int? Restores { get; init; }

    public string DecidedBy { get; init; } = "";
    public string Reason { get; init; } = "";
}
