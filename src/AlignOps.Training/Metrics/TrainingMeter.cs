using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using AlignOps.Training.Trainers;

namespace AlignOps.Training.Metrics;

/// <summary>The step that this process trains at, by the names that TRL's users know, such as <c>rewards/margins</c>.</summary>
internal static class TrainingMeter
{
    private static readonly Meter Meter = new("AlignOps.Training");
    private static readonly Counter<long> Steps = Meter.CreateCounter<long>("train/steps", "{step}", "Optimizer steps that this process has made.");
    private static readonly ConcurrentDictionary<string, Gauge<double>> Gauges = new(StringComparer.Ordinal);

    public static void Record(StepReport report)
    {
        Steps.Add(1);
        Record("train/loss", report.Loss);
        Record("train/grad_norm", report.GradientNorm);
        Record("train/learning_rate", report.LearningRate);
        Record("train/epoch", report.Epoch);
        Record("train/num_tokens", report.Tokens);
        foreach (var (name, value) in report.Metrics)
        {
            Record(name, value);
        }
    }

    private static void Record(string name, double value) =>
        Gauges.GetOrAdd(name, added => Meter.CreateGauge<double>(added, null, $"{added} of the latest step.")).Record(value);
}
