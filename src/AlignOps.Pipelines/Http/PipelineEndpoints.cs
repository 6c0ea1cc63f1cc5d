using AlignOps.Pipelines.Schedules;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AlignOps.Pipelines.Http;

internal static class PipelineEndpoints
{
    /// <summary><c>GET /v1/pipelines</c>.</summary>
    public static async Task<Ok<IReadOnlyList<PipelineView>>> ListAsync(PipelineQueries queries, ScheduleHost schedules, CancellationToken cancellationToken)
    {
        var pipelines = await queries.PipelinesAsync(cancellationToken);
        foreach (var pipeline in pipelines)
        {
            pipeline.NextScheduledRun = await schedules.NextAsync(pipeline.Pipeline, cancellationToken);
        }

        return TypedResults.Ok(pipelines);
    }
}
