using AlignOps.Platform.Storage;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace AlignOps.Platform.Health;

/// <summary>The tables are those this program was written for. A newer program has been here: degraded, since it may do what this one does not know.</summary>
internal sealed class MigrationHealthCheck(MigrationRunner migrations) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            var (missing, unknown) = await migrations.CompareAsync(cancellationToken);
            return missing.Count > 0 ? HealthCheckResult.Unhealthy($"The database lacks {string.Join(", ", missing)}; start this version once to bring it up to date.")
                : unknown.Count > 0 ? HealthCheckResult.Degraded($"A newer version has been here: {string.Join(", ", unknown)} is not known to this one.")
                : HealthCheckResult.Healthy();
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            return HealthCheckResult.Unhealthy("The database does not answer.", fault);
        }
    }
}
