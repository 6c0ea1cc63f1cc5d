using System.Diagnostics.Metrics;
using System.Text.RegularExpressions;
using AlignOps.Host.Telemetry;
using AlignOps.Tests.Host;
using AlignOps.Training.Metrics;
using AlignOps.Training.Objectives;
using AlignOps.Training.Trainers;

namespace AlignOps.Tests.Operations;

/// <summary>The names under which Prometheus finds what a running process really publishes, and those that a query asks for.</summary>
internal static partial class Instruments
{
    /// <summary>Of every instrument that the whole program makes when it runs and trains.</summary>
    public static async Task<IReadOnlySet<string>> PublishedAsync()
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, _) =>
            {
                if (instrument.Meter.Name.StartsWith("AlignOps.Test.", StringComparison.Ordinal))
                {
                    return;
                }

                var counts = instrument.GetType().Name.StartsWith("Counter", StringComparison.Ordinal) || instrument.GetType().Name.StartsWith("ObservableCounter", StringComparison.Ordinal);
                lock (names)
                {
                    names.UnionWith(NamesOf(PrometheusText.NameOf(instrument.Name, instrument.Unit, counts), instrument.GetType().Name.StartsWith("Histogram", StringComparison.Ordinal)));
                }
            },
        };
        listener.Start();
        await using var server = await RunningServer.StartAsync();
        await server.Http.GetStringAsync("/metrics");
        var metrics = new RrhfMetrics();
        metrics.Imitated(1);
        metrics.Ranked([1, 0], [-0.5, -1], [-5, -10], 0.5);
        TrainingMeter.Record(new StepReport(1, 2, 0.5, 1, 1, 1e-3, 100, metrics.Sums.ToDictionary(sum => sum.Name, sum => sum.Sum / sum.Count)));
        PlatformTouch();
        lock (names)
        {
            return names.ToHashSet(StringComparer.Ordinal);
        }
    }

    /// <summary>The metrics that a query reads: what stands where a name may stand, without functions, labels and keywords.</summary>
    public static IEnumerable<string> AskedFor(string query) => Names()
        .Matches(Grouping().Replace(Matchers().Replace(query, " "), " "))
        .Select(match => match.Value)
        .Where(name => name is not ("and" or "or" or "unless" or "bool" or "on" or "ignoring"))
        .Distinct();

    private static IEnumerable<string> NamesOf(string name, bool histogram) => histogram ? [$"{name}_bucket", $"{name}_sum", $"{name}_count"] : [name];

    /// <summary>Counters of messages come into being with their class, which a process that has just started may not have touched.</summary>
    private static void PlatformTouch() => AlignOps.Platform.Telemetry.PlatformMetrics.CountSent("touched", null);

    [GeneratedRegex("""\{[^}]*\}|\[[^\]]*\]|"[^"]*"|\$\w+""")]
    private static partial Regex Matchers();

    [GeneratedRegex(@"\b(by|without|on|ignoring|group_left|group_right)\s*\([^)]*\)")]
    private static partial Regex Grouping();

    [GeneratedRegex(@"(?<![\w.])[a-zA-Z_:][a-zA-Z0-9_:]*(?![\w:]*\s*\()(?![\w:])")]
    private static partial Regex Names();
}
