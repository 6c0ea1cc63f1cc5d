using System.Diagnostics.Metrics;
using AlignOps.Host.Telemetry;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace AlignOps.Tests.Host;

public sealed class PrometheusTextTests : IDisposable
{
    private readonly Meter _meter = new($"AlignOps.Test.{Guid.NewGuid():N}");
    private readonly PrometheusScrape _scrape = new();
    private readonly MeterProvider _provider;

    public PrometheusTextTests() => _provider = Sdk.CreateMeterProviderBuilder().AddMeter(_meter.Name).AddReader(_scrape.Reader).Build();

    public void Dispose()
    {
        _provider.Dispose();
        _meter.Dispose();
    }

    [Fact]
    public void Render_CounterGaugeAndHistogram_AreAsPrometheusReadsThem()
    {
        _meter.CreateCounter<long>("alignops.gate.decisions", "{decision}", "What the gate\nhas answered.").Add(3, new KeyValuePair<string, object?>("pipeline", "a \"b\"\\c\n"));
        _meter.CreateGauge<double>("rewards/margins").Record(0.25);
        _meter.CreateObservableGauge("alignops.disk.free", () => 5L, "By");
        var took = _meter.CreateHistogram("messaging.process.duration", "s", advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.1, 1] });
        took.Record(0.05);
        took.Record(0.5);
        took.Record(7);

        var lines = _scrape.Render().Split('\n');

        Assert.Contains("# HELP alignops_gate_decisions_total What the gate\\nhas answered.", lines);
        Assert.Contains("# TYPE alignops_gate_decisions_total counter", lines);
        Assert.Contains("""alignops_gate_decisions_total{pipeline="a \"b\"\\c\n"} 3""", lines);
        Assert.Contains("rewards_margins 0.25", lines);
        Assert.Contains("alignops_disk_free_bytes 5", lines);
        Assert.Contains("# TYPE messaging_process_duration_seconds histogram", lines);
        Assert.Contains("""messaging_process_duration_seconds_bucket{le="0.1"} 1""", lines);
        Assert.Contains("""messaging_process_duration_seconds_bucket{le="1"} 2""", lines);
        Assert.Contains("""messaging_process_duration_seconds_bucket{le="+Inf"} 3""", lines);
        Assert.Contains("messaging_process_duration_seconds_count 3", lines);
        Assert.Contains("messaging_process_duration_seconds_sum 7.55", lines);
    }

    [Fact]
    public void Render_CounterScrapedTwice_GoesOnCounting()
    {
        var counter = _meter.CreateCounter<long>("seen");
        counter.Add(1);
        Assert.Contains("seen_total 1", _scrape.Render(), StringComparison.Ordinal);
        counter.Add(1);

        Assert.Contains("seen_total 2", _scrape.Render(), StringComparison.Ordinal);
    }
}
