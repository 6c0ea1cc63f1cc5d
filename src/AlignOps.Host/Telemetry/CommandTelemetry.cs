using System.Diagnostics;
using AlignOps.Platform.Telemetry;
using OpenTelemetry;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace AlignOps.Host.Telemetry;

/// <summary>The span of a command, where a collector is named: what the command sets off goes on in its trace.</summary>
internal sealed class CommandTelemetry : IDisposable
{
    private readonly TracerProvider? _traces;
    private readonly Activity? _span;

    private CommandTelemetry(TracerProvider? traces, Activity? span) => (_traces, _span) = (traces, span);

    public static CommandTelemetry Start(string command)
    {
        if (!OtlpSettings.Exports("TRACES"))
        {
            return new CommandTelemetry(null, null);
        }

        var traces = Sdk.CreateTracerProviderBuilder()
            .SetResourceBuilder(ResourceBuilder.CreateEmpty().AddService("alignops-cli").AddTelemetrySdk().AddEnvironmentVariableDetector())
            .AddSource(LoopTrace.SourceName, "System.Net.Http")
            .AddOtlpExporter()
            .Build();
        return new CommandTelemetry(traces, LoopTrace.Start(command, ActivityKind.Client));
    }

    public void Dispose()
    {
        _span?.Dispose();
        _traces?.Dispose();
    }
}
