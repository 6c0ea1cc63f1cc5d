using AlignOps.Platform.Hosting;
using AlignOps.Platform.Messaging;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace AlignOps.Platform.Health;

/// <summary>Alive while no handler holds its delivery past its bound; beyond it only a restart helps.</summary>
internal sealed class HandlerHealthCheck(HandlerWatch handlers, PlatformOptions options) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(handlers.Longest() is { } longest && longest.For > options.HandlerLimit
            ? HealthCheckResult.Unhealthy($"The handler of {longest.What} has held its delivery for {longest.For.TotalSeconds:F0} s.")
            : HealthCheckResult.Healthy());
}
