namespace AlignOps.Host.Telemetry;

/// <summary>Whether OpenTelemetry's standard variables ask for an export; the exporter reads the rest of them itself.</summary>
internal static class OtlpSettings
{
    /// <param name="signal"><c>TRACES</c> or <c>METRICS</c>.</param>
    public static bool Exports(string signal) =>
        !string.Equals(Value("OTEL_SDK_DISABLED"), "true", StringComparison.OrdinalIgnoreCase)
        && (Value($"OTEL_{signal}_EXPORTER") is null or "otlp")
        && (Value("OTEL_EXPORTER_OTLP_ENDPOINT") ?? Value($"OTEL_EXPORTER_OTLP_{signal}_ENDPOINT")) is not null;

    private static string? Value(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}
