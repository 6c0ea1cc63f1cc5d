using AlignOps.Platform.Hosting;
using AlignOps.Serving.Policies;
using AlignOps.Serving.Storage;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace AlignOps.Serving;

/// <summary>
/// Ready once every champion in the registry answers here. A replica without a champion's files gets no traffic while the others can have it;
/// one that goes on serving the version before is degraded and gets its share.
/// </summary>
internal sealed class ServingHealth(PolicyCatalog catalog, PlatformOptions platform) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) => Task.FromResult(Check());

    private HealthCheckResult Check()
    {
        if (!platform.Hosts(ServingMigrations.Service))
        {
            return HealthCheckResult.Healthy("This process does not serve.");
        }

        if (!catalog.Ready)
        {
            return HealthCheckResult.Unhealthy("The registry has not been read yet.");
        }

        var faults = catalog.Faults;
        var sentences = string.Join(' ', faults.Select(fault => fault.Sentence));
        return faults.Count == 0 ? HealthCheckResult.Healthy($"{catalog.All.Count} champions are served.")
            : faults.Any(fault => catalog.Find(fault.Pipeline) is null) ? HealthCheckResult.Unhealthy(sentences)
            : HealthCheckResult.Degraded(sentences);
    }
}
