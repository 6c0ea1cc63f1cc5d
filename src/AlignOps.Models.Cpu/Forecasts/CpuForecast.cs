using AlignOps.Models.Cpu.Generation;
using AlignOps.Models.Forecasts;
using AlignOps.Models.Policies;

namespace AlignOps.Models.Cpu.Forecasts;

/// <summary>What a training holds in this engine's buffers: a function of its shape alone.</summary>
internal static class CpuForecast
{
    public static MemoryForecast Of(MemoryNeeds needs, int threads)
    {
        PolicyConfig policy = needs.Policy;
        bool full = needs.Lora is null;
        AdapterShape adapter = needs.Lora is { } lora ? AdapterShape.Of(policy, lora) : default;
        long trained = full ? WeightShape.Elements(policy) : adapter.Trained;
        int longest = Math.Max(1, needs.Longest);
        var pass = new PassShape(policy, needs.MicroBatchTokens, longest, adapter, full, needs.Lora?.Dropout ?? 0);
        var scoring = new PassShape(policy, Math.Min(needs.MicroBatchTokens, CpuPolicy.RowsPerRun), longest, default, full: false, dropout: 0);
        return new MemoryForecast
        {
            Weights = Bytes(WeightShape.Held(policy, backward: true, trained: full)),
            Adapter = full ? 0 : Bytes(adapter.Trained + adapter.Packed),
            Gradients = Bytes(trained),
            OptimizerMoments = Bytes(2 * trained),
            Activations = Bytes(pass.Kept(needs.Recomputes) + (threads * pass.Worker())),
            Logits = Bytes(pass.Logits() + (threads * pass.WorkerLogits())),
            Reference = needs.Reference
                ? Bytes(WeightShape.Held(policy, backward: false, trained: false) + scoring.Scored() + (threads * (scoring.Worker() + scoring.WorkerLogits())))
                : 0,
            KeyValueCache = needs.GeneratedAtOnce * PageLayout.Pages(longest) * Bytes(new PageLayout(policy).Floats),
        };
    }

    private static long Bytes(long floats) => floats * sizeof(float);
}
