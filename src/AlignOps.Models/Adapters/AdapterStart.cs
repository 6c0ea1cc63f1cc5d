using AlignOps.Models.Checkpoints;
using AlignOps.Models.Policies;
using AlignOps.Models.Sampling;

namespace AlignOps.Models.Adapters;

/// <summary>The adapter that a training begins with: a new one, or one to continue. The same in every engine.</summary>
public static class AdapterStart
{
    /// <param name="adapterDirectory">The adapter to continue; null for a new one.</param>
    /// <returns>The adapter, its base named by <see cref="Checkpoint.Digest"/>.</returns>
    /// <exception cref="ArgumentException">A rank below 1, or a target that a Llama block does not have.</exception>
    /// <exception cref="ModelFormatException">The files do not hold together, or the adapter has another rank, scaling or targets than <paramref name="lora"/>.</exception>
    public static Adapter Begin(string checkpointDirectory, PolicyConfig policy, string? adapterDirectory, LoraConfig lora, long seed)
    {
        if (lora.Rank < 1 || lora.Targets.Count == 0 || lora.Targets.Except(LoraConfig.AllLinear).Any())
        {
            throw new ArgumentException($"Rank {lora.Rank} on targets [{string.Join(", ", lora.Targets)}]: at least 1, on some of [{string.Join(", ", LoraConfig.AllLinear)}].", nameof(lora));
        }

        string digest = Checkpoint.Digest(checkpointDirectory);
        return adapterDirectory is null
            ? new Adapter(lora, digest, New(policy, lora, seed))
            : Continue(AdapterDirectory.Read(adapterDirectory, policy, digest), lora, adapterDirectory) with { BaseModelName = digest };
    }

    /// <summary>PEFT's beginning: A ~ U(−1/√in, 1/√in), B = 0. Each A has its own stream, by its place in the network.</summary>
    private static NamedTensor[] New(PolicyConfig policy, LoraConfig lora, long seed)
    {
        return [.. AdapterLayout.Tensors(policy, lora).Index().Select(tensor => Tensor(tensor.Index, tensor.Item))];

        NamedTensor Tensor(int index, TensorShape shape)
        {
            (int rows, int columns) = (shape.Shape[0], shape.Shape[1]);
            var values = new float[rows * columns];
            if (shape.Name.EndsWith(".lora_A.weight", StringComparison.Ordinal))
            {
                var random = new RandomStream(RandomStream.Derive(seed, index));
                double bound = 1 / Math.Sqrt(columns);
                foreach (ref float value in values.AsSpan())
                {
                    value = (float)(bound * ((2 * random.NextDouble()) - 1));
                }
            }

            return new NamedTensor(shape.Name, shape.Shape, values);
        }
    }

    private static Adapter Continue(Adapter adapter, LoraConfig lora, string directory)
    {
        bool same = adapter.Config.Rank == lora.Rank && adapter.Config.Scaling == lora.Scaling && adapter.Config.Targets.ToHashSet().SetEquals(lora.Targets);
        return same
            ? adapter
            : throw new ModelFormatException(
                $"{directory}: the adapter has rank {adapter.Config.Rank}, scaling {adapter.Config.Scaling} and targets {string.Join(", ", adapter.Config.Targets)}; "
                + $"to continue it asks for rank {lora.Rank}, scaling {lora.Scaling} and targets {string.Join(", ", lora.Targets)}.");
    }
}
