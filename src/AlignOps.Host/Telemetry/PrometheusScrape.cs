using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace AlignOps.Host.Telemetry;

/// <summary>Collects the metrics when somebody asks for them and renders them as Prometheus reads them.</summary>
internal sealed class PrometheusScrape
{
    private readonly TextExporter _exporter = new();
    private readonly Lock _turn = new();

    public PrometheusScrape()
    {
        Reader = new BaseExportingMetricReader(_exporter) { TemporalityPreference = MetricReaderTemporalityPreference.Cumulative };
    }

    /// <summary>Belongs to the meter provider, which disposes it.</summary>
    public MetricReader Reader { get; }

    public string Render()
    {
        lock (_turn)
        {
            // Only the exporter may start a collection that is pulled.
            _exporter.Collect!(Timeout.Infinite);
            return _exporter.Text;
        }
    }

    [ExportModes(ExportModes.Pull)]
    private sealed class TextExporter : BaseExporter<Metric>, IPullMetricExporter
    {
        public string Text { get; private set; } = "";

        public Func<int, bool>? Collect { get; set; }

        public override ExportResult Export(in Batch<Metric> batch)
        {
            var text = new PrometheusText();
            foreach (var metric in batch)
            {
                text.Add(metric);
            }

            Text = text.ToString();
            return ExportResult.Success;
        }
    }
}
