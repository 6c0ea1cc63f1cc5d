using AlignOps.Platform.Messaging;
using AlignOps.Platform.Storage;
using Dapper;
using MassTransit;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace AlignOps.Platform.Hosting;

/// <summary>Ready when the database answers, the bus is whole and messages leave; tagged <c>ready</c>.</summary>
internal sealed class PlatformHealthCheck(IDatabase database, BusService bus, TimeProvider time) : IHealthCheck
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (bus.CheckHealth() is not { } health)
        {
            return HealthCheckResult.Unhealthy("The bus has not started.");
        }

        if (health.Status != BusHealthStatus.Healthy)
        {
            return new HealthCheckResult(health.Status == BusHealthStatus.Degraded ? HealthStatus.Degraded : HealthStatus.Unhealthy, health.Description);
        }

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
