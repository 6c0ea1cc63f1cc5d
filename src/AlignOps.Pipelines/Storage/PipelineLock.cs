using AlignOps.Platform.Storage;

namespace AlignOps.Pipelines.Storage;

/// <summary>Everything that changes a pipeline's runs or batches takes this first, so that two messages of one pipeline never decide at once.</summary>
internal static class PipelineLock
{
    /// <summary>Holds the pipeline's row until the unit of work ends.</summary>
    public static Task TakeAsync(IUnitOfWork work, string pipeline, CancellationToken cancellationToken) =>
        work.ExecuteAsync(
            """
            insert into pipelines_pipeline (pipeline, touched) values (@pipeline, 1)
            on conflict (pipeline) do update set touched = pipelines_pipeline.touched + 1
            """,
            new { pipeline }, cancellationToken);
}
