using System.Text.RegularExpressions;
using AlignOps.Contracts.Runs;
using AlignOps.Pipelines.Runs;
using AlignOps.Platform.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AlignOps.Pipelines.Http;

internal static partial class RunEndpoints
{
    /// <summary><c>GET /v1/runs?pipeline=&amp;state=&amp;limit=</c>, newest first.</summary>
    public static async Task<Results<Ok<IReadOnlyList<RunSummary>>, ProblemHttpResult>> ListAsync(
        PipelineQueries queries, string? pipeline, string? state, int? limit, CancellationToken cancellationToken)
    {
        if (state is not null && !RunPhases.All.Contains(state))
        {
            return Refusal.Invalid("unknown-state", $"'{state}' is not a state of a run; the states are {string.Join(", ", RunPhases.All)}.");
        }

        return TypedResults.Ok(await queries.RunsAsync(pipeline, state, Math.Clamp(limit ?? 50, 1, 500), cancellationToken));
    }

    /// <summary><c>GET /v1/runs/{runId}</c>.</summary>
    public static async Task<Results<Ok<RunDetail>, ProblemHttpResult>> GetAsync(PipelineQueries queries, string runId, CancellationToken cancellationToken) =>
        await queries.RunAsync(runId, cancellationToken) is { } run
            ? TypedResults.Ok(run)
            : Refusal.NotFound("unknown-run", $"There is no run '{runId}'; GET /v1/runs lists them.");

    /// <summary><c>POST /v1/pipelines/{pipeline}/runs</c>: retrain on everything learned, from the base, as a schedule would.</summary>
    public static async Task<Results<Accepted<RunAccepted>, ProblemHttpResult>> PostAsync(
        HttpContext context, IDatabase database, PipelineQueries queries, string pipeline, RunRequest? request, CancellationToken cancellationToken)
    {
        var requestId = request?.RequestId ?? $"q-{Guid.NewGuid():N}";
        if (!RequestId().IsMatch(requestId))
        {
            return Refusal.Invalid("invalid-request-id", "A request id has 1 to 64 letters, digits, dots, dashes or underscores.");
        }

        if (!await queries.KnowsAsync(pipeline, cancellationToken))
        {
            return Refusal.NotFound("unknown-pipeline", $"There is no pipeline '{pipeline}'; GET /v1/pipelines lists them.");
        }

        var asked = new RunRequested(pipeline, requestId, context.User.Identity?.Name ?? "anonymous");
        await database.WriteAsync((work, token) => work.SendAsync(asked, $"{pipeline}/request/{requestId}", token), cancellationToken);
        return TypedResults.Accepted($"/v1/runs?pipeline={pipeline}", new RunAccepted(pipeline, requestId));
    }

    [GeneratedRegex("^[A-Za-z0-9._-]{1,64}$")]
    private static partial Regex RequestId();
}
