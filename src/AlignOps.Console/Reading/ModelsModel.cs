using AlignOps.Contracts;

namespace AlignOps.WebConsole.Reading;

/// <summary>What answers for each pipeline, and what did before.</summary>
public sealed record ModelsModel(IReadOnlyList<PipelineModels> Pipelines, DateTimeOffset Now);

/// <param name="History">Newest first.</param>
/// <param name="Adapters">Candidates that runs trained, newest first.</param>
public sealed record PipelineModels(
    ChampionLine Champion, IReadOnlyList<ChampionVersion> History, IReadOnlyList<DeploymentLine> Deployments, IReadOnlyList<RunLine> Adapters)
{
    /// <summary>The champion before the present one, by content: what a rollback would bring back.</summary>
    public ChampionVersion? Before => History.FirstOrDefault(one => one.Version < Champion.Version && one.Model != new ModelRef(Champion.Checkpoint, Champion.Adapter));
}

/// <summary>A champion of the past or present, as promotion's API tells it.</summary>
public sealed record ChampionVersion(int Version, ModelRef Model, string Cause, string DecidedBy, string Reason, string? RunId, int? Restores, DateTimeOffset At);
