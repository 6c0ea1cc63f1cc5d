using AlignOps.Platform.Storage;

namespace AlignOps.Pipelines.Storage;

/// <summary>Whatever changes a pipeline's runs or batches takes this turn first, so that two of them never decide on the same state.</summary>
internal static class PipelineTurn
{
    /// <summary>Keeps the turn until the unit of work ends.</summary>
    public static Task TakeAsync(IUnitOfWork work, string pipeline, CancellationToken cancellationToken) =>
        work.TakeTurnAsync($"pipelines/{pipeline}", cancellationToken);
}
