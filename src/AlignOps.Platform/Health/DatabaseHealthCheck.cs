using AlignOps.Platform.Storage;
using Dapper;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace AlignOps.Platform.Health;

/// <summary>The database answers; degraded while messages do not leave it or dead letters wait for a person.</summary>
internal sealed class DatabaseHealthCheck(IDatabase database, TimeProvider time) : IHealthCheck
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await using var connection = await database.OpenReadAsync(cancellationToken);
            var oldest = await connection.ExecuteScalarAsync<long?>(new CommandDefinition(
                "select min(created_at) from platform_outbox where sent_at is null", cancellationToken: cancellationToken));
            var waited = oldest is { } since ? time.GetUtcNow() - DateTimeOffset.FromUnixTimeMilliseconds(since) : TimeSpan.Zero;
            if (waited > LongestWait)
            {
                return HealthCheckResult.Degraded($"A message has waited {waited.TotalSeconds:F0} s to be sent.");
            }

            var dead = await connection.ExecuteScalarAsync<long>(new CommandDefinition("select count(*) from platform_dead_letter", cancellationToken: cancellationToken));
            return dead > 0 ? HealthCheckResult.Degraded($"{dead} dead letters wait for a person; see /v1/dead-letters.") : HealthCheckResult.Healthy();
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            return HealthCheckResult.Unhealthy("The database does not answer.", fault);
        }
    }
}
