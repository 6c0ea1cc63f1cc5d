using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace AlignOps.Host.Hosting;

/// <summary>
/// 200 while the process can take requests, degraded or not, and 503 while it cannot; the body says what each check found. Without exceptions and addresses:
/// whoever can reach the port may read it.
/// </summary>
internal static class HealthAnswer
{
    public static HealthCheckOptions For(string tag) => new()
    {
        Predicate = check => check.Tags.Contains(tag),
        ResponseWriter = (context, report) => context.Response.WriteAsJsonAsync(new
        {
            Status = report.Status.ToString(),
            Checks = report.Entries.ToDictionary(entry => entry.Key, entry => new { Status = entry.Value.Status.ToString(), Detail = Detail(entry.Value) }),
        }),
    };

    /// <summary>A check that threw is described by its exception's message; that is not for everyone.</summary>
    private static string? Detail(HealthReportEntry entry) =>
        entry.Exception is { } fault && entry.Description == fault.Message ? "The check failed." : entry.Description;
}
