using System.Reflection;

namespace AlignOps.Host.Telemetry;

/// <summary>Who sends the telemetry.</summary>
/// <param name="Service"><c>alignops-ROLE</c> for a process of one role, <c>alignops</c> for one of several; <c>OTEL_SERVICE_NAME</c> goes before it.</param>
/// <param name="Instance">The name this process signs its leases with.</param>
internal sealed record TelemetryIdentity(string Service, string Instance)
{
    public string Version { get; } =
        typeof(TelemetryIdentity).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";

    public static TelemetryIdentity Of(IReadOnlyList<string> roles, string instance) =>
        new(roles is [var only] ? $"alignops-{only}" : "alignops", instance);
}
