using AlignOps.Models.Policies;
using AlignOps.Models.Sampling;

namespace AlignOps.Models.Checkpoints;

/// <summary>
/// A new policy's weights: norms 1, biases 0, matrices N(0, 1/fan_in), the projections that write to the residual stream scaled by 1/√(2·layers) (Radford et al. 2019).
/// Each tensor has its own stream, by its place in the network, so every engine begins with the same policy.
/// </summary>
public sealed class SeededWeights : IWeightSource
{
    private readonly Dictionary<string, (long Seed, double Deviation)> _tensors = new(StringComparer.Ordinal);

    public SeededWeights(PolicyConfig config, long seed)
    {
        foreach ((int index, TensorShape tensor) in LlamaLayout.Tensors(config).Index())
        {
            bool output = tensor.Name.EndsWith("o_proj.weight", StringComparison.Ordinal) || tensor.Name.EndsWith("down_proj.weight", StringComparison.Ordinal);
            double deviation = tensor.Shape.Count == 1 ? 0 : Math.Sqrt(1.0 / tensor.Shape[1]);
            _tensors.Add(tensor.Name, (RandomStream.Derive(seed, index), output ? deviation / Math.Sqrt(2.0 * config.LayerCount) : deviation));
        }
    }

    public void Read(string tensor, Span<float> destination)
    {
        (long seed, double deviation) = _tensors[tensor];
        if (deviation == 0)
        {
            destination.Fill(tensor.EndsWith(".bias", StringComparison.Ordinal) ? 0 : 1);
            return;
        }

        var random = new RandomStream(seed);
        foreach (ref float value in destination)
        {
            value = (float)(deviation * random.NextNormal());
        }
    }
}
