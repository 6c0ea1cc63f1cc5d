using System.Globalization;
using AlignOps.Models.Forecasts;
using AlignOps.Models.Policies;
using AlignOps.Platform.Jobs;
using AlignOps.Training.Definitions;

namespace AlignOps.Training.Runs;

/// <summary>Whether a training fits in memory, said before the first weight is read, with the setting that would fit.</summary>
/// <param name="available">Bytes that there are for it; null where nobody can tell.</param>
internal sealed class TrainingMemory(IPolicyEngine engine, long? available)
{
    /// <summary>The most that will be held at a time. The reference scores what is to come and is let go before the first step needs its activations.</summary>
    public static long Peak(MemoryForecast forecast) => Math.Max(
        forecast.Total - forecast.Reference,
        forecast.Weights + forecast.Adapter + forecast.Gradients + forecast.OptimizerMoments + forecast.Reference);

    /// <summary>Whether the training is to run blocks again rather than keep them: where the section says so, or leaves it open and nothing else fits.</summary>
    /// <exception cref="JobFailedException"><c>memory-forecast</c>.</exception>
    public bool Recomputes(TrainingSection section, PreparedTraining prepared)
    {
        MemoryNeeds needs = prepared.Needs(section) with { Recomputes = section.Recompute == TrainingSection.Always };
        if (available is not { } bytes || Peak(engine.Forecast(needs)) <= bytes)
        {
            return needs.Recomputes;
        }

        needs = needs with { Recomputes = section.Recompute != TrainingSection.Never };
        MemoryForecast forecast = engine.Forecast(needs);
        if (Peak(forecast) <= bytes)
        {
            return true;
        }

        int fits = MemoryForecast.Fit(tokens => Peaked(engine.Forecast(needs with { MicroBatchTokens = tokens })), bytes, needs.MicroBatchTokens);
        string remedy =
            fits >= prepared.LargestExample ? $"It fits with training.micro_batch_tokens {fits}, which changes nothing but speed."
            : fits > 0 ? $"The largest row has {prepared.LargestExample} tokens in all its answers, and {fits} would fit: lower training.max_tokens, which skips longer rows and counts them, or training.lora.rank."
            : section.Adapter == TrainingSection.Full ? "The weights alone do not fit: train an adapter (training.adapter lora), or a smaller policy."
            : "The weights alone do not fit: take a smaller policy or a larger machine.";
        throw new JobFailedException("memory-forecast", $"This training would hold {Describe(forecast)}, and there is {Size(bytes)}. {remedy}");
    }

    /// <summary>The total and its parts, largest first.</summary>
    public static string Describe(MemoryForecast forecast)
    {
        (string Name, long Bytes)[] parts =
        [
            ("weights", forecast.Weights), ("adapter", forecast.Adapter), ("gradients", forecast.Gradients), ("optimizer", forecast.OptimizerMoments),
            ("activations", forecast.Activations), ("logits", forecast.Logits), ("reference, before the first step", forecast.Reference),
        ];
        return $"{Size(Peak(forecast))} ({string.Join(", ", parts.Where(p => p.Bytes > 0).OrderByDescending(p => p.Bytes).Select(p => $"{p.Name} {Size(p.Bytes)}"))})";
    }

    private static MemoryForecast Peaked(MemoryForecast forecast) => new() { Weights = Peak(forecast) };

    private static string Size(long bytes) => bytes switch
    {
        >= 1L << 30 => string.Create(CultureInfo.InvariantCulture, $"{bytes / (double)(1L << 30):0.0} GiB"),
        >= 1L << 20 => string.Create(CultureInfo.InvariantCulture, $"{bytes / (double)(1L << 20):0} MiB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024.0:0} KiB"),
    };
}
