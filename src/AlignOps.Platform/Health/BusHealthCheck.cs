using AlignOps.Platform.Messaging;
using MassTransit;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace AlignOps.Platform.Health;

/// <summary>
/// The bus must have started. While it is not whole this process still answers requests, and what it accepts waits in the outbox: degraded, not unready.
/// </summary>
internal sealed class BusHealthCheck(BusService bus) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(bus.CheckHealth() switch
        {
            null => HealthCheckResult.Unhealthy("The bus has not started."),
            { Status: BusHealthStatus.Healthy } => HealthCheckResult.Healthy(),
            var health => HealthCheckResult.Degraded(health.Description),
        });
}
