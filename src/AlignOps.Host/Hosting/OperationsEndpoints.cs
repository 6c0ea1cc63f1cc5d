using AlignOps.Host.Telemetry;
using AlignOps.Platform.Access;
using AlignOps.Platform.Storage;
using Dapper;

namespace AlignOps.Host.Hosting;

/// <summary>What every process answers, whatever its roles: is it alive, is it ready, what are its figures, and how far are a run's jobs.</summary>
internal static class OperationsEndpoints
{
    public static IEndpointRouteBuilder MapOperations(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapHealthChecks("/healthz/live", HealthAnswer.For("live")).AllowAnonymous();
        endpoints.MapHealthChecks("/healthz/ready", HealthAnswer.For("ready")).AllowAnonymous();
        endpoints.MapGet("/metrics", (OpenTelemetryService telemetry) => Results.Text(telemetry.Scrape.Render(), PrometheusText.ContentType))
            .RequireAuthorization(nameof(AccessRole.Product));
        endpoints.MapGet("/v1/runs/{runId}/jobs", JobsAsync).RequireAuthorization(nameof(AccessRole.Product));
        return endpoints;
    }

    private static async Task<IEnumerable<RunJob>> JobsAsync(string runId, IDatabase database, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenReadAsync(cancellationToken);
        return await connection.QueryAsync<RunJob>(
            """
            select job_id as JobId, kind as Kind, state as State, owner as Owner, attempt as Attempt, fraction as Progress, detail as Detail,
                   created_at as CreatedAt, started_at as StartedAt, ended_at as EndedAt
            from platform_v_jobs where run_id = @runId order by created_at, job_id
            """,
            new { runId });
    }
}
