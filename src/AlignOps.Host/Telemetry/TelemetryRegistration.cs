namespace AlignOps.Host.Telemetry;

internal static class TelemetryRegistration
{
    public static IServiceCollection AddTelemetry(this IServiceCollection services, TelemetryIdentity identity)
    {
        services.AddSingleton(identity);
        services.AddSingleton<OpenTelemetryService>();

        // Before every other service: what they do while they start belongs into their traces too.
        services.AddHostedService(provider => provider.GetRequiredService<OpenTelemetryService>());
        return services.AddHostedService<LoopGauges>();
    }
}
