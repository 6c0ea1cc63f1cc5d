using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace AlignOps.Platform.Telemetry;

/// <summary>What this process does with messages and jobs. Names follow OpenTelemetry's semantic conventions for messaging where they have one.</summary>
/// <remarks>https://opentelemetry.io/docs/specs/semconv/messaging/messaging-metrics/</remarks>
internal static class PlatformMetrics
{
    /// <summary>Every meter of AlignOps starts like this.</summary>
    public const string Prefix = "AlignOps";

    public const string MeterName = Prefix + ".Platform";

    private static readonly Meter Meter = new(MeterName);

    private static readonly Counter<long> Sent = Meter.CreateCounter<long>(
        "messaging.client.sent.messages", "{message}", "Messages that the relay handed to the transport, or failed to.");

    private static readonly Histogram<double> Processing = Meter.CreateHistogram(
        "messaging.process.duration", "s", "Time a handler took for one delivery, its transaction included.", advice: Seconds(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 60));

    private static readonly Histogram<double> Jobs = Meter.CreateHistogram(
        "alignops.job.duration", "s", "Time one attempt of a long job took in this process.", advice: Seconds(0.1, 0.5, 1, 5, 15, 60, 300, 900, 3600, 14400));

    public static void CountSent(string entity, Exception? fault) => Sent.Add(1, Tags(("messaging.destination.name", entity), fault));

    public static void CountProcessed(string service, string entity, TimeSpan took, Exception? fault)
    {
        var tags = Tags(("messaging.destination.name", entity), fault);
        tags.Add("messaging.consumer.group.name", service);
        Processing.Record(took.TotalSeconds, tags);
    }

    /// <param name="outcome"><c>done</c>, <c>failed</c>, <c>retry</c>, <c>disk-full</c>, <c>lost</c> or <c>released</c>.</param>
    public static void CountJob(string kind, string outcome, TimeSpan took) =>
        Jobs.Record(took.TotalSeconds, new TagList { { "alignops.job.kind", kind }, { "alignops.job.outcome", outcome } });

    private static TagList Tags((string Key, string Value) first, Exception? fault)
    {
        var tags = new TagList { { first.Key, first.Value } };
        if (fault is not null)
        {
            tags.Add("error.type", fault.GetType().FullName);
        }

        return tags;
    }

    private static InstrumentAdvice<double> Seconds(params double[] bounds) => new() { HistogramBucketBoundaries = bounds };
}
