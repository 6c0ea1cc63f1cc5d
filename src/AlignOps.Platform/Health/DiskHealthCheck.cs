using AlignOps.Platform.Hosting;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace AlignOps.Platform.Health;

/// <summary>The data folder can be written to and has room.</summary>
internal sealed class DiskHealthCheck(DataFolder folder) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            folder.Prepare();
        }
        catch (StartRefusedException fault)
        {
            return Task.FromResult(HealthCheckResult.Unhealthy("The data folder cannot be written to.", fault));
        }

        return Task.FromResult(DiskSpace.FreeBytes(folder.Path) switch
        {
            < DiskSpace.Spent => HealthCheckResult.Unhealthy("The disk of the data folder is full."),
            < DiskSpace.Low and var free => HealthCheckResult.Degraded($"The disk of the data folder has {free >> 20} MiB left."),
            _ => HealthCheckResult.Healthy(),
        });
    }
}
