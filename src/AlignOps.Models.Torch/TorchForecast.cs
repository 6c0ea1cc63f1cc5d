using AlignOps.Models.Adapters;
using AlignOps.Models.Checkpoints;
using AlignOps.Models.Forecasts;
using AlignOps.Models.Policies;

namespace AlignOps.Models.Torch;

/// <summary>
/// What a training holds on this engine's device, by the tensors that autograd keeps of each layer; what libtorch's allocator keeps beyond them is not in it.
/// Gradients and AdamW's means of a GPU's training stand in the host's memory, and only the pass's own gradients count.
/// </summary>
internal static class TorchForecast
{
    /// <summary>Blocks of logits that exist together: themselves, their softmax or logarithms, and one in between.</summary>
    private const int LogitCopies = 3;

    public static MemoryForecast Of(MemoryNeeds needs, Placement placement)
    {
        PolicyConfig policy = needs.Policy;
        bool onHost = placement.Device.type == TorchSharp.DeviceType.CPU;
        long elements = Count(LlamaLayout.Tensors(policy)), adapter = needs.Lora is { } lora ? Count(AdapterLayout.Tensors(policy, lora)) : 0;
        long trained = needs.Lora is null ? elements : adapter, size = placement.DtypeSize;

        // A trained tensor is there as a leaf in fp32 and in the compute type; on a processor its host copy counts, too.
        long Trained(long count) => count * (sizeof(float) + (size == sizeof(float) ? 0 : size) + (onHost ? sizeof(float) : 0));
        return new MemoryForecast
        {
            Weights = needs.Lora is null ? Trained(elements) : elements * size,
            Adapter = needs.Lora is null ? 0 : Trained(adapter),
            Gradients = trained * sizeof(float) * (onHost ? 2 : 1),
            OptimizerMoments = onHost ? 2 * trained * sizeof(float) : 0,
            Activations = (long)needs.MicroBatchTokens * policy.LayerCount * LayerBytes(policy, size),
            Logits = LogitCopies * sizeof(float) * Math.Min(placement.LogitElements, (long)needs.MicroBatchTokens * policy.VocabSize),
            Reference = needs.Reference ? elements * size : 0,
            KeyValueCache = 2L * needs.GeneratedAtOnce * needs.Longest * policy.LayerCount * policy.KeyValueHeadCount * policy.HeadDim * size,
        };
    }

    /// <summary>Bytes that one layer keeps of one row: both norms in fp32 and as read, queries, keys and values for all heads, and the gated pair.</summary>
    private static long LayerBytes(PolicyConfig policy, long size) =>
        (2L * policy.HiddenSize * (sizeof(float) + (2 * size))) + (5L * policy.HeadCount * policy.HeadDim * size) + (4L * policy.IntermediateSize * size);

    private static long Count(IEnumerable<TensorShape> tensors) => tensors.Sum(t => t.Shape.Aggregate(1L, (product, size) => product * size));
}
