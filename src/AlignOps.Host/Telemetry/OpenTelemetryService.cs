using AlignOps.Platform.Telemetry;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace AlignOps.Host.Telemetry;

/// <summary>
/// Collects this process's spans and metrics. Metrics are there to be scraped; both are also sent by OTLP once the standard variables name a collector
/// (<c>OTEL_EXPORTER_OTLP_ENDPOINT</c> and its kin). Spans are made in any case: their ids join the processes' work even where only some of them export.
/// </summary>
internal sealed class OpenTelemetryService : IHostedLifecycleService, IDisposable
{
    private readonly TracerProvider _traces;
    private readonly MeterProvider _metrics;

    public OpenTelemetryService(TelemetryIdentity identity)
    {
        var resource = ResourceBuilder.CreateEmpty()
            .AddService(identity.Service, "alignops", identity.Version, serviceInstanceId: identity.Instance)
            .AddTelemetrySdk()
            .AddEnvironmentVariableDetector();
        var traces = Sdk.CreateTracerProviderBuilder()
            .SetResourceBuilder(resource)
            .AddSource(LoopTrace.SourceName, "Microsoft.AspNetCore", "System.Net.Http");
        var metrics = Sdk.CreateMeterProviderBuilder()
            .SetResourceBuilder(resource)
            .AddMeter("AlignOps.*", "Microsoft.AspNetCore.Hosting", "System.Runtime", "Npgsql")
            .AddReader(Scrape.Reader);
        _traces = (OtlpSettings.Exports("TRACES") ? traces.AddOtlpExporter() : traces).Build();
        _metrics = (OtlpSettings.Exports("METRICS") ? metrics.AddOtlpExporter() : metrics).Build();
    }

    /// <summary>What <c>/metrics</c> reads.</summary>
    public PrometheusScrape Scrape { get; } = new();

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Sends what is left, the spans of the stop included.</summary>
    public Task StoppedAsync(CancellationToken cancellationToken)
    {
        _traces.ForceFlush(5000);
        return Task.CompletedTask;
    }

    public void Dispose()
    {
        _traces.Dispose();
        _metrics.Dispose();
    }
}
